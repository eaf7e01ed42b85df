'use client'

import { memo, useMemo, useState } from 'react'
import { csv } from '../../lib/csv'
import type { FacetCount } from '../../lib/manifest/manifest'
import { FrameButton } from '../charts/chart-frame'
import { DataTable } from '../charts/data-table'
import { download } from '../download'
import { BodyMapFace } from './body-map-face'
import { BodyMapView } from './body-map-view'
import { MeasureSwitch } from './measure-switch'
import { largest, type Measure, organCounts } from './organ-counts'

export interface BodyMapProps {
  /** Counts by organ under the current filter. */
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts by organ. */
  readonly all: readonly FacetCount[]
  readonly picked: readonly string[] | undefined
  readonly pending: boolean
  readonly error: string | null
  /** Whether union masks are counted, in words. */
  readonly unionNote: string
  readonly onPick: (organ: string) => void
}

/** A body from the front whose organs show how many masks or images they have, and filter. */
export const BodyMap = memo(function BodyMap(props: BodyMapProps) {
  const { rows, all, picked, pending, unionNote } = props
  const [measure, setMeasure] = useState<Measure>('masks')
  const [table, setTable] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const counts = useMemo(
    () => organCounts(rows, all, picked, measure),
    [rows, all, picked, measure],
  )
  const max = largest(all, measure)
  const numbers = {
    columns: ['organ', 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
    rows: counts.map(one => [one.organ, one.images, one.masks, one.allImages, one.allMasks]),
  }
  const save = async (format: 'csv' | 'svg' | 'png') => {
    try {
      setFailure(null)
      const blob =
        format === 'csv'
          ? new Blob([csv(numbers.columns, numbers.rows)], { type: 'text/csv' })
          : await (await import('./export-body-map')).bodyMapPicture(
              { counts, max, measure, unionNote },
              format,
            )
      download(blob, `sa-med2d-body-map.${format}`)
    } catch (cause) {
      setFailure(`The ${format.toUpperCase()} could not be made: ${(cause as Error).message}`)
    }
  }
  return (
    <section
      aria-labelledby="body-map-title"
      aria-busy={pending}
      data-testid="chart-body-map"
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id="body-map-title" className="font-semibold">
          Body map
        </h2>
        <p className="text-[11px] text-muted">
          {measure} by organ, {unionNote}
        </p>
        <div className="ml-auto flex flex-wrap items-baseline gap-x-2 text-[11px]">
          <MeasureSwitch measure={measure} onChange={setMeasure} />
          <FrameButton pressed={table} onClick={() => setTable(!table)}>
            Table
          </FrameButton>
          {(['csv', 'svg', 'png'] as const).map(format => (
            <FrameButton
              key={format}
              label={`Download Body map as ${format}`}
              onClick={() => save(format)}
            >
              {format.toUpperCase()}
            </FrameButton>
          ))}
        </div>
      </header>
      {failure && (
        <p role="alert" className="text-wrong">
          {failure}
        </p>
      )}
      <BodyMapFace rows={rows} pending={pending} error={props.error}>
        {table ? (
          <DataTable data={numbers} caption="Body map" />
        ) : (
          <BodyMapView counts={counts} max={max} measure={measure} onPick={props.onPick} />
        )}
      </BodyMapFace>
    </section>
  )
})
