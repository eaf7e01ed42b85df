'use client'

import { type ChangeEvent, useState } from 'react'
import { messageOf } from '../../lib/errors'
import { formatAddress } from '../../lib/subset/address'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import { parseRecipe, type Recipe, recipeText } from '../../lib/subset/recipe'
import { download } from '../download'
import { useEngine } from '../engine-provider'
import { ToolButton } from '../ui/tool-button'
import { creditsOf } from './credits-of'
import { CreditsView } from './credits-view'
import { FormatLink } from './format-link'
import { SamplingFields } from './sampling-fields'
import { StepList } from './step-list'
import { SubsetCostView } from './subset-cost'
import { TakeCode } from './take-code'
import { putRecipe, useRecipe } from './use-recipe'
import { type SubsetCounts, useSubsetCounts } from './use-subset-counts'
import { ZipButton } from './zip-button'

/** The page to define a subset, see its size, and export it. */
export function SubsetPage() {
  const { manifest } = useEngine()
  const { recipe, problem, isLong } = useRecipe(manifest.id)
  const { manifest: madeOn, ...unpinned } = recipe
  const query = formatAddress(unpinned)
  const { counts, isOld, error } = useSubsetCounts(query)
  const other = madeOn !== undefined && !manifest.id.startsWith(madeOn)
  return (
    <main data-testid="subset" className="flex min-w-0 flex-col gap-4 px-4 py-3 md:px-6">
      <h1 className="text-xl font-semibold">Subset</h1>
      {problem && (
        <p role="alert" className="text-wrong">
          {problem}
        </p>
      )}
      {isLong && (
        <p role="status" className="border border-notice-line bg-notice px-2 py-1">
          This subset is too long for a URL, so it is stored in this browser only. To use it
          elsewhere, save the subset file. Everything below covers the full subset.
        </p>
      )}
      {other && (
        <p role="alert" className="border border-notice-line bg-notice px-2 py-1">
          This subset was made with another manifest ({madeOn?.slice(0, 16)}); its counts and images
          may differ here.
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 xl:grid-cols-[repeat(2,minmax(0,1fr))]">
        <div className="flex min-w-0 flex-col gap-4">
          <StepList recipe={recipe} />
          <SamplingFields recipe={recipe} images={counts && imagesToSplit(counts)} />
          <NameAndFile recipe={recipe} manifestId={manifest.id} />
        </div>
        <section aria-label="Summary" className="min-w-0">
          {error && (
            <p role="alert" className="text-wrong">
              {error}
            </p>
          )}
          {counts ? (
            <SubsetCostView counts={counts} isOld={isOld} />
          ) : (
            !error && (
              <p data-waits className="text-muted">
                Counting…
              </p>
            )
          )}
        </section>
      </div>
      <section aria-labelledby="take-title" className="min-w-0 border-t border-line pt-3">
        <h2 id="take-title" className="mb-1 font-semibold">
          Export
        </h2>
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-x-8 md:grid-cols-2">
          {(Object.keys(FORMATS) as FormatName[]).map(format => (
            <li key={format} className="border-t border-line/50">
              <FormatLink format={format} query={query} hasSplit={recipe.split !== undefined} />
            </li>
          ))}
        </ul>
        {counts && (
          <CreditsView name={recipe.name} text={creditsOf(manifest, recipe, counts.cost)} />
        )}
        {counts && !isOld && (
          <div className="mt-2">
            <ZipButton recipe={recipe} query={query} counts={counts} />
          </div>
        )}
        <TakeCode recipe={recipe} sql={isOld ? undefined : counts?.sql} />
      </section>
    </main>
  )
}

/** Number of images to split. Includes images that the counts leave in no split. */
const imagesToSplit = ({ cost, split }: SubsetCounts) => cost.images + (split?.leftOut ?? 0)

function NameAndFile({ recipe, manifestId }: { recipe: Recipe; manifestId: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (!file) return
    try {
      if (file.size > 2e6)
        throw new Error(`${file.name}: too large for a subset file; at most 2 MB are read`)
      putRecipe(parseRecipe(await file.text(), file.name))
      setProblem(null)
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="mb-1 font-semibold">Subset file</legend>
      <label className="flex items-center gap-1.5">
        name
        <input
          value={recipe.name}
          maxLength={120}
          onChange={event => putRecipe({ ...recipe, name: event.target.value || 'subset' }, true)}
          className="min-h-[28px] rounded-sm border border-line bg-background px-1.5"
        />
      </label>
      <ToolButton
        onClick={() =>
          download(
            new Blob([recipeText({ ...recipe, manifest: manifestId })], {
              type: 'application/json',
            }),
            `${recipe.name}.subset.json`,
          )
        }
      >
        Save subset file
      </ToolButton>
      <label className="flex min-h-[24px] items-center rounded-sm border border-line px-1.5 focus-within:outline-2 hover:border-muted">
        Open subset file…
        <input type="file" accept=".json,application/json" onChange={read} className="sr-only" />
      </label>
      {problem && (
        <p role="alert" className="basis-full text-wrong">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
