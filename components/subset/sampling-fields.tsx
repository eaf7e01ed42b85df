'use client'

import { type Recipe, SAMPLE_KEYS, type SampleKey } from '../../lib/subset/recipe'
import type { SplitPlan } from '../../lib/subset/split-plan'
import { SplitFields } from './split-fields'
import { putRecipe } from './use-recipe'

const FIELD = 'min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5'
const SELECT = 'min-h-[28px] rounded-sm border border-line bg-background px-1'
const START: SplitPlan = {
  shares: [0.8, 0.1, 0.1],
  by: 'case',
  stratify: 'modality',
  families: true,
}

/**
 * Fields to sample, cap and split a subset.
 *
 * @param images Number of images to split; null if unknown.
 */
export function SamplingFields({ recipe, images }: { recipe: Recipe; images: number | null }) {
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
          Limit{' '}
          <input
            type="number"
            min={1}
            value={sample?.count ?? ''}
            placeholder="no limit"
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
                {key === 'all' ? 'whole subset' : key}
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
            placeholder="no limit"
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
            images={images}
            onSplit={next => putRecipe({ ...recipe, split: next }, true)}
          />
        )}
      </fieldset>
    </div>
  )
}
