'use client'

import { useRouter } from 'next/navigation'
import { memo, useCallback, useMemo } from 'react'
import type { Counts } from '../../lib/counts/counts'
import type { Filter } from '../../lib/filter/filter'
import { toggleBins, toggleSize } from '../../lib/filter/pick-bins'
import { formatFilter } from '../../lib/filter/query-string'
import { RangeChart } from '../charts/range-chart'
import { SizeChart } from '../charts/size-chart'
import { rangeCounts, unmeasured } from '../facets/range-counts'

export interface NameDistributionProps {
  readonly filter: Filter
  /** Null until they are counted. */
  readonly counts: Counts | null
  readonly all: Counts | null
  readonly pending: boolean
  readonly error: string | null
}

/** Image sizes of one dataset or label; a click opens them in the overview. */
export const NameSizes = memo(function NameSizes(props: NameDistributionProps) {
  const { filter, counts, all, pending, error } = props
  const { push } = useRouter()
  const onPick = useCallback(
    (widthBin: number, heightBin: number) =>
      push(`/?${formatFilter(toggleSize(filter, widthBin, heightBin))}`),
    [push, filter],
  )
  const bins = useMemo(() => rangeCounts(counts), [counts])
  return (
    <SizeChart
      pending={pending}
      error={error}
      onPick={onPick}
      name="page-sizes"
      note="grey: in the manifest, but not here"
      sizes={counts?.sizes ?? NO_SIZES}
      all={all?.sizes ?? NO_SIZES}
      unmeasured={unmeasured('width', counts, bins)}
      waiting={!counts || !all}
    />
  )
})

/** Share of the image that the masks of one dataset or label cover. */
export const NameAreas = memo(function NameAreas(props: NameDistributionProps) {
  const { filter, counts, all, pending, error } = props
  const { push } = useRouter()
  const onPick = useCallback(
    (bin: number) => push(`/?${formatFilter(toggleBins(filter, 'area', bin, bin))}`),
    [push, filter],
  )
  const bins = useMemo(() => rangeCounts(counts), [counts])
  const allBins = useMemo(() => rangeCounts(all), [all])
  return (
    <RangeChart
      pending={pending}
      error={error}
      onPick={onPick}
      name="area"
      id="page-areas"
      initialScale="log"
      counts={bins.area}
      all={allBins.area}
      unmeasured={unmeasured('area', counts, bins)}
      waiting={!counts || !all}
    />
  )
})

const NO_SIZES: Counts['sizes'] = []
