'use client'

import { memo, useMemo, useState } from 'react'
import { largest, type Measure, organCounts } from '../../lib/body-map/organ-counts'
import type { FacetCount } from '../../lib/manifest/manifest'
import { ChartFrame } from '../charts/chart-frame'
import { SegmentedSwitch } from '../charts/segmented-switch'
import { BodyMapView } from './body-map-view'

export interface BodyMapProps {
  /** Counts by organ under the current filter. */
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts by organ. */
  readonly all: readonly FacetCount[]
  readonly picked: readonly string[] | undefined
  readonly pending: boolean
  readonly error: string | null
  /** Whether merged masks are counted, in words; exported pictures say it. */
  readonly unionNote: string
  readonly onPick: (organ: string) => void
}

/** A body from the front whose organs show their number of masks or images; clicking an organ filters. */
export const BodyMap = memo(function BodyMap(props: BodyMapProps) {
  const { rows, all, picked, pending, error, unionNote, onPick } = props
  const [measure, setMeasure] = useState<Measure>('masks')
  const counts = useMemo(
    () => organCounts(rows, all, picked, measure),
    [rows, all, picked, measure],
  )
  const max = largest(all, measure)
  return (
    <ChartFrame
      name="body-map"
      title="Body map"
      unit={`${measure} by organ`}
      drawing={{
        body: <BodyMapView counts={counts} max={max} measure={measure} onPick={onPick} />,
        picture: async format => {
          const { bodyMapPicture } = await import('./export-body-map')
          return bodyMapPicture({ counts, max, measure, unionNote }, format)
        },
      }}
      table={{
        columns: ['organ', 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
        rows: counts.map(one => [one.organ, one.images, one.masks, one.allImages, one.allMasks]),
      }}
      // The height of figure, labels and legend, reserved so that the layout does not change.
      heightClass="min-h-[1193px] @min-[520px]:min-h-[655px]"
      pending={pending}
      error={error}
      empty={rows.every(row => row.images === 0)}
      controls={
        <SegmentedSwitch
          legend="Count shown in the body map"
          options={MEASURES}
          value={measure}
          onChange={setMeasure}
        />
      }
    />
  )
})

const MEASURES = [
  ['masks', 'Masks'],
  ['images', 'Images'],
] as const
