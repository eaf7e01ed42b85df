'use client'

import {
  type Recipe,
  SAMPLE_KEYS,
  type SampleKey,
  type SplitPlan,
  STRATA,
} from '../../lib/subset/recipe'
import { putRecipe } from './use-recipe'

const FIELD = 'min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5'
const SELECT = 'min-h-[28px] rounded-sm border border-line bg-background px-1'
const START: SplitPlan = {
  shares: [0.8, 0.1, 0.1],
  by: 'case',
  stratify: 'modality',
  families: true,
}

/** Numbers that sample, cap and split a subset. */
export function SamplingFields({ recipe }: { recipe: Recipe }) {
  const { sample, cap, seed, split } = recipe
  const without = <Key extends keyof Recipe>(key: Key): Recipe => {
    const { [key]: _, ...rest } = recipe
    return rest as Recipe
  }
  const whole = (text: string) => (/^[1-9]\d*$/.test(text) ? Number(text) : undefined)
  const putCount = (per: SampleKey, text: string) => {
    const count = whole(text)
    putRecipe(count ? { ...recipe, sample: { per, count } } : without('sample'), true)
  }
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1 font-semibold">Sampling</legend>
        <label className="flex items-center gap-1.5">
          at most
          <input
            type="number"
            min={1}
            value={sample?.count ?? ''}
            placeholder="all"
            onChange={event => putCount(sample?.per ?? 'all', event.target.value)}
            className={FIELD}
          />
        </label>
        <label className="flex items-center gap-1.5">
          images per
          <select
            value={sample?.per ?? 'all'}
            disabled={!sample}
            onChange={event =>
              sample &&
              putRecipe({ ...recipe, sample: { ...sample, per: event.target.value as SampleKey } })
            }
            className={SELECT}
          >
            {SAMPLE_KEYS.map(key => (
              <option key={key} value={key}>
                {key === 'all' ? 'subset' : key}
              </option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-1.5">
          and per dataset
          <input
            type="number"
            min={1}
            value={cap ?? ''}
            placeholder="all"
            onChange={event => {
              const count = whole(event.target.value)
              putRecipe(count ? { ...recipe, cap: count } : without('cap'), true)
            }}
            className={FIELD}
          />
        </label>
        <label className="flex items-center gap-1.5">
          seed
          <input
            type="number"
            min={0}
            value={seed}
            onChange={event =>
              putRecipe({ ...recipe, seed: Number(event.target.value) || 0 }, true)
            }
            className={FIELD}
          />
        </label>
      </fieldset>
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1 font-semibold">Split</legend>
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={split !== undefined}
            onChange={event =>
              putRecipe(event.target.checked ? { ...recipe, split: START } : without('split'))
            }
          />
          train, val and test
        </label>
        {split && (
          <SplitFields
            split={split}
            onSplit={next => putRecipe({ ...recipe, split: next }, true)}
          />
        )}
      </fieldset>
    </div>
  )
}

function SplitFields({
  split,
  onSplit,
}: {
  split: SplitPlan
  onSplit: (split: SplitPlan) => void
}) {
  const [train, val] = split.shares
  const percent = (share: number) => Math.round(share * 100)
  const put = (nextTrain: number, nextVal: number) => {
    const [a, b] = [clamp(nextTrain, 100), clamp(nextVal, 100 - clamp(nextTrain, 100))]
    onSplit({ ...split, shares: [a / 100, b / 100, (100 - a - b) / 100] })
  }
  return (
    <>
      <label className="flex items-center gap-1.5">
        train %
        <input
          type="number"
          min={0}
          max={100}
          value={percent(train)}
          onChange={event => put(Number(event.target.value), percent(val))}
          className={FIELD}
        />
      </label>
      <label className="flex items-center gap-1.5">
        val %
        <input
          type="number"
          min={0}
          max={100}
          value={percent(val)}
          onChange={event => put(percent(train), Number(event.target.value))}
          className={FIELD}
        />
      </label>
      <span className="text-muted">test {percent(split.shares[2])} %</span>
      <label className="flex items-center gap-1.5">
        kept whole
        <select
          value={split.by}
          onChange={event => onSplit({ ...split, by: event.target.value as SplitPlan['by'] })}
          className={SELECT}
        >
          <option value="case">cases</option>
          <option value="image">images (leaks)</option>
        </select>
      </label>
      <label className="flex items-center gap-1.5">
        stratified by
        <select
          value={split.stratify}
          disabled={split.by === 'image'}
          onChange={event =>
            onSplit({ ...split, stratify: event.target.value as SplitPlan['stratify'] })
          }
          className={SELECT}
        >
          {STRATA.map(key => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-1.5">
        <input
          type="checkbox"
          checked={split.families}
          disabled={split.by === 'image'}
          onChange={event => onSplit({ ...split, families: event.target.checked })}
        />
        overlapping datasets on one side
      </label>
    </>
  )
}

const clamp = (n: number, max: number) => Math.min(Math.max(Math.round(n) || 0, 0), max)
