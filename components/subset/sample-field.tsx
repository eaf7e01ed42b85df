'use client'

import { isShared, SAMPLE_KEYS, type Sample, type SampleKey } from '../../lib/subset/sampling'

const FIELD = 'min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5'
const SELECT = 'min-h-[28px] rounded-sm border border-line bg-background px-1'

/**
 * Fields for the number of images per key value, and for whether it is a limit or a minimum if images can have several
 * values.
 */
export function SampleField({
  sample,
  onSample,
}: {
  sample: Sample | undefined
  onSample: (sample: Sample | undefined, sameEntry?: boolean) => void
}) {
  const { per = 'all', count, rule } = sample ?? {}
  return (
    <>
      <label className="flex items-center gap-1.5">
        {rule === 'floor' ? 'At least' : 'Limit'}{' '}
        <input
          type="number"
          min={1}
          value={count ?? ''}
          placeholder="no limit"
          onChange={({ target }) => {
            const next = /^[1-9]\d*$/.test(target.value) ? Number(target.value) : undefined
            onSample(next === undefined ? undefined : { per, count: next, rule }, true)
          }}
          className={FIELD}
        />
      </label>
      <label className="flex items-center gap-1.5">
        images per
        <select
          value={per}
          disabled={!sample}
          onChange={event => {
            const next = event.target.value as SampleKey
            if (sample)
              onSample(
                isShared(next) ? { ...sample, per: next } : { per: next, count: sample.count },
              )
          }}
          className={SELECT}
        >
          {SAMPLE_KEYS.map(key => (
            <option key={key} value={key}>
              {key === 'all' ? 'whole subset' : key}
            </option>
          ))}
        </select>
      </label>
      {sample && isShared(per) && (
        <select
          aria-label={`Rule for images with several ${per}s`}
          value={rule ?? 'cap'}
          onChange={event =>
            onSample({
              per,
              count: sample.count,
              ...(event.target.value === 'floor' && { rule: 'floor' }),
            })
          }
          className={SELECT}
        >
          <option value="cap">no {per} has more</option>
          <option value="floor">every {per} has as many, with few images</option>
        </select>
      )}
    </>
  )
}
