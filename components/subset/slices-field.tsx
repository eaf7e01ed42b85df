'use client'

import { SLICE_KEYS, type SliceKey, type Slices } from '../../lib/subset/sampling'
import { CountInput } from './count-input'

/** Initial values of the fields. */
const START_EVERY = 4
const START_COUNT = 20

/** Fields for the slices of volumes to keep: all, every n-th, or a number per patient or case. */
export function SlicesField({
  slices,
  onSlices,
}: {
  slices: Slices | undefined
  onSlices: (slices: Slices | undefined) => void
}) {
  return (
    <>
      <label className="flex items-center gap-1.5">
        Slices
        <select
          value={slices === undefined ? 'all' : 'every' in slices ? 'every' : slices.per}
          onChange={event => onSlices(startOf(event.target.value))}
          className="min-h-[28px] rounded-sm border border-line bg-background px-1"
        >
          <option value="all">all</option>
          <option value="every">one in …</option>
          {SLICE_KEYS.map(key => (
            <option key={key} value={key}>
              … per {key}
            </option>
          ))}
        </select>
      </label>
      {slices && 'every' in slices && (
        <CountInput
          label="One slice in"
          value={slices.every}
          min={2}
          onCount={every => onSlices({ every })}
        />
      )}
      {slices && 'per' in slices && (
        <CountInput
          label={`Slices per ${slices.per}`}
          value={slices.count}
          onCount={count => onSlices({ ...slices, count })}
        />
      )}
    </>
  )
}

function startOf(choice: string): Slices | undefined {
  if (choice === 'every') return { every: START_EVERY }
  const per = SLICE_KEYS.find((key: SliceKey) => key === choice)
  return per && { per, count: START_COUNT }
}
