'use client'

import {
  type LatestRecipe,
  latest,
  type Recipe,
  slicesOf,
  withSplit,
} from '../../lib/subset/recipe'
import { oldSampleText } from '../../lib/subset/sampled-text'
import { splitSchema } from '../../lib/subset/split-plan'
import { ToolButton } from '../ui/tool-button'
import { OldSplit } from './old-split'
import { SampleField } from './sample-field'
import { SlicesField } from './slices-field'
import { SplitFields } from './split-fields'
import { putRecipe } from './use-recipe'

const FIELD = 'min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5'
const START = splitSchema.parse({ shares: [0.8, 0.1, 0.1] })

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
  const putSampling = (change: Partial<Omit<LatestRecipe, 'version'>>, sameEntry = false) =>
    putRecipe({ ...latest(recipe), ...change }, sameEntry)
  const old = oldSampleText(recipe)
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1 font-semibold">Sampling</legend>
        <SlicesField slices={slicesOf(recipe)} onSlices={slices => putSampling({ slices }, true)} />
        <SampleField
          sample={sample}
          onSample={(next, sameEntry) => putSampling({ sample: next }, sameEntry)}
        />
        <label className="flex items-center gap-1.5">
          and per dataset
          <input
            type="number"
            min={1}
            value={cap ?? ''}
            placeholder="no limit"
            onChange={event => {
              const { value } = event.target
              putSampling({ cap: /^[1-9]\d*$/.test(value) ? Number(value) : undefined }, true)
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
        {old && (
          <p className="basis-full border border-notice-line bg-notice px-2 py-1">
            {old} <ToolButton onClick={() => putRecipe(latest(recipe))}>Use version 2</ToolButton>
          </p>
        )}
      </fieldset>
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1 font-semibold">Split</legend>
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={split !== undefined}
            onChange={event =>
              putRecipe(event.target.checked ? withSplit(recipe, START) : without('split'))
            }
          />
          train, val and test
        </label>
        {recipe.version === 1 && recipe.split && (
          <OldSplit split={recipe.split} onSplit={next => putRecipe(withSplit(recipe, next))} />
        )}
        {recipe.version === 2 && recipe.split && (
          <SplitFields
            split={recipe.split}
            images={images}
            onSplit={next => putRecipe(withSplit(recipe, next), true)}
          />
        )}
      </fieldset>
    </div>
  )
}
