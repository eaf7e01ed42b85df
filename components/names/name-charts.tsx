'use client'

import { useRouter } from 'next/navigation'
import { memo, useCallback, useMemo } from 'react'
import { modalityColor, organColor } from '../../lib/charts/value-colors'
import type { Counts } from '../../lib/counts/counts'
import type { ValueFacetName } from '../../lib/filter/facets'
import { type Filter, withValues } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { NameExtent } from '../../lib/queries/name-extents'
import { CountBarsChart } from '../charts/count-bars-chart'

const NO_ROWS: readonly FacetCount[] = []
const NO_FACETS = { modality: NO_ROWS, organ: NO_ROWS, masks: NO_ROWS }

export interface NameChartsProps {
  readonly filter: Filter
  /** Null until they are counted. */
  readonly counts: Counts | null
  readonly all: Counts | null
  readonly extent: NameExtent | null
  readonly pending: boolean
  readonly error: string | null
}

/** Images and masks of one dataset or label by modality, organ and number of masks. */
export const NameCharts = memo(function NameCharts(props: NameChartsProps) {
  const { filter, counts, all, extent, pending, error } = props
  const open = useOpenOverview(filter)
  const common = { pending, error, initialScale: 'log' as const }
  const facets = counts?.facets ?? NO_FACETS
  const ghosts = all?.facets ?? NO_FACETS
  const modality = useBehind(facets.modality, ghosts.modality)
  const organ = useBehind(facets.organ, ghosts.organ)
  const masks = useMemo(() => facets.masks.map(row => ghost(row, ghosts.masks)), [facets, ghosts])
  const reserved = (count: number | undefined) => (counts && all ? undefined : (count ?? 0))
  return (
    <>
      <CountBarsChart
        {...common}
        name="page-modality"
        title="Modality"
        note="grey: the whole manifest"
        noun="modality"
        facet="modality"
        rows={facets.modality}
        all={modality}
        reserved={reserved(extent?.modalities)}
        colorOf={modalityColor}
        onPick={open.modality}
      />
      <CountBarsChart
        {...common}
        name="page-masks"
        title="Masks per image"
        note="images by number of masks, merged masks included"
        noun="masks per image"
        facet="masks"
        rows={facets.masks}
        all={masks}
        reserved={reserved(extent?.masks)}
        step={18}
      />
      <CountBarsChart
        {...common}
        name="page-organs"
        title="Organs"
        noun="organ"
        facet="organ"
        rows={facets.organ}
        all={organ}
        reserved={reserved(extent?.organs)}
        colorOf={organColor}
        onPick={open.organ}
        step={18}
      />
    </>
  )
})

/** The manifest's counts of the values in `rows`, in the order of the images in `rows`. */
function useBehind(rows: readonly FacetCount[], all: readonly FacetCount[]) {
  return useMemo(
    () =>
      [...rows]
        .filter(row => row.images > 0)
        .sort((a, b) => b.images - a.images || (a.value < b.value ? -1 : 1))
        .map(row => ghost(row, all)),
    [rows, all],
  )
}

const ghost = (row: FacetCount, all: readonly FacetCount[]): FacetCount =>
  all.find(({ value }) => value === row.value) ?? row

/** Clicking a bar opens the overview with both filters. */
function useOpenOverview(filter: Filter) {
  const router = useRouter()
  const open = useCallback(
    (name: ValueFacetName) => (value: string) =>
      router.push(`/?${formatFilter(withValues(filter, name, [value]))}`),
    [router, filter],
  )
  return useMemo(() => ({ modality: open('modality'), organ: open('organ') }), [open])
}
