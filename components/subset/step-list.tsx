'use client'

import { X } from 'lucide-react'
import { parseFilter } from '../../lib/filter/query-string'
import { countOf } from '../../lib/format'
import type { Recipe, RecipeStep } from '../../lib/subset/recipe'
import { usePicks } from '../picks/use-picks'
import { PageLink } from '../ui/page-link'
import { ToolButton } from '../ui/tool-button'
import { putRecipe } from './use-recipe'

const OPS = [
  ['add', 'Add'],
  ['subtract', 'Remove'],
  ['intersect', 'Intersect'],
  ['pick', 'Add image ids'],
  ['drop', 'Remove image ids'],
] as const
type Op = RecipeStep['op']

/** The steps of a recipe, which add and remove images in order. */
export function StepList({ recipe }: { recipe: Recipe }) {
  const { ids: picks } = usePicks()
  const put = (steps: readonly RecipeStep[]) => putRecipe({ ...recipe, steps })
  const replace = (at: number, step: RecipeStep) =>
    put(recipe.steps.map((old, i) => (i === at ? step : old)))
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-semibold">Steps</legend>
      <ol className="flex flex-col gap-1.5">
        {recipe.steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={i} className="flex flex-wrap items-center gap-1.5">
            <select
              aria-label={`Step ${i + 1}`}
              value={step.op}
              onChange={event => replace(i, withOp(step, event.target.value as Op))}
              className="min-h-[28px] rounded-sm border border-line bg-background px-1"
            >
              {OPS.map(([op, title]) => (
                <option key={op} value={op}>
                  {title}
                </option>
              ))}
            </select>
            <StepText
              key={`${step.op} ${textOf(step)}`}
              step={step}
              nth={i + 1}
              onChange={text => replace(i, withText(step, text))}
            />
            {'where' in step && (
              <PageLink
                href={step.where === '' ? '/' : `/?${step.where}`}
                className="text-[11px] underline"
              >
                {' '}
                Preview{' '}
              </PageLink>
            )}
            {recipe.steps.length > 1 && (
              <button
                type="button"
                aria-label={`Remove step ${i + 1}`}
                onClick={() => put(recipe.steps.filter((_, at) => at !== i))}
                className="flex size-7 items-center justify-center text-muted hover:text-text"
              >
                <X size={14} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ol>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        <ToolButton onClick={() => put([...recipe.steps, { op: 'subtract', where: 'dataset=' }])}>
          Add step
        </ToolButton>
        {picks.length > 0 && (
          <>
            <ToolButton onClick={() => put([...recipe.steps, { op: 'pick', images: picks }])}>
              Add {countOf(picks.length, 'picked image')}
            </ToolButton>
            <ToolButton onClick={() => put([...recipe.steps, { op: 'drop', images: picks }])}>
              Remove {countOf(picks.length, 'picked image')}
            </ToolButton>
          </>
        )}
      </div>
    </fieldset>
  )
}

const textOf = (step: RecipeStep) => ('where' in step ? step.where : step.images.join(', '))

/** Maximum number of ids that can be edited as text. */
const MOST_SHOWN = 1_000

function StepText({
  step,
  nth,
  onChange,
}: {
  step: RecipeStep
  nth: number
  onChange: (text: string) => void
}) {
  if ('images' in step && step.images.length > MOST_SHOWN)
    return <span>{countOf(step.images.length, 'image')}, listed in the subset file</span>
  const problems = 'where' in step ? parseFilter(step.where).problems : []
  return (
    <>
      <input
        defaultValue={textOf(step)}
        aria-label={'where' in step ? `Filter of step ${nth}` : `Image ids of step ${nth}`}
        aria-invalid={problems.length > 0}
        placeholder={
          'where' in step ? 'empty for the whole dataset, or modality=CT&organ=Liver' : '12, 345'
        }
        onBlur={event => event.target.value !== textOf(step) && onChange(event.target.value)}
        onKeyDown={event => event.key === 'Enter' && onChange(event.currentTarget.value)}
        className="min-h-[28px] min-w-0 grow basis-56 rounded-sm border border-line bg-background px-1.5 font-mono text-[12px]"
      />
      {problems.length > 0 && (
        <span role="alert" className="basis-full text-[11px] text-wrong">
          {problems.join(' ')}
        </span>
      )}
    </>
  )
}

const isById = (op: Op): op is 'pick' | 'drop' => op === 'pick' || op === 'drop'

function withOp(step: RecipeStep, op: Op): RecipeStep {
  if (isById(op)) return { op, images: 'images' in step ? step.images : [] }
  return { op, where: 'where' in step ? step.where : '' }
}

function withText(step: RecipeStep, text: string): RecipeStep {
  if ('where' in step) return { ...step, where: text.trim().replace(/^\?/, '') }
  const images = text
    .split(/[\s,]+/)
    .filter(part => /^\d+$/.test(part))
    .map(Number)
  return { ...step, images: [...new Set(images)] }
}
