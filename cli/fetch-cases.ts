import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { NodeEngine } from '../lib/engine/duckdb.node.ts'
import { UserError } from '../lib/errors'
import { countOf, formatCount } from '../lib/format'
import { assertLabelMap, labelValues } from '../lib/subset/compose/label-values'
import { labelsOfSubset } from '../lib/subset/compose/labels-of-subset.node.ts'
import { overlapRuleText, parseOverlapRule } from '../lib/subset/compose/overlap-rule'
import { CASE_LAYOUTS } from '../lib/subset/fetch/case-layout'
import { type CaseSink, caseSink } from '../lib/subset/fetch/case-sink.node.ts'
import { hasSplitsFile } from '../lib/subset/fetch/case-texts'
import type { CaseTotals } from '../lib/subset/fetch/case-totals'
import type { Wanted } from '../lib/subset/fetch/wanted'
import { recipeText } from '../lib/subset/recipe'
import type { OpenSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import type { FetchTexts } from './fetch-texts'

/** Layouts whose label maps are composed. */
export type CaseLayoutName = keyof typeof CASE_LAYOUTS

/** Options of `fetch` for layouts with label maps. */
export interface CaseCommandOptions {
  readonly out: string
  readonly overlapRule?: string
  readonly fix?: string
  readonly channels?: string
  readonly allowMissing?: boolean
  /** Of the split and fold that is fetched. */
  readonly only?: string
  readonly fold?: string
}

export const isCaseLayout = (layout: string): layout is CaseLayoutName =>
  Object.hasOwn(CASE_LAYOUTS, layout)

/** Texts beside the pictures that a training folder keeps. */
const KEPT = ['subset.json', 'credits.md']

/**
 * The sink of a layout with label maps.
 *
 * @throws UserError for a wrong option, or a subset without labels.
 */
export async function openCaseSink(
  layout: CaseLayoutName,
  { engine }: { readonly engine: NodeEngine },
  { recipe, labels: all }: OpenSubset,
  wanted: Wanted,
  { name, companions, lines }: FetchTexts,
  options: CaseCommandOptions,
): Promise<CaseSink> {
  const { out, overlapRule = 'smaller-on-top', fix, channels = 'auto', only, fold } = options
  if (fix !== undefined && fix !== 'known')
    throw new UserError(`--fix ${fix}: unknown; the only value is known`, 2)
  if (channels !== 'auto' && channels !== 'rgb')
    throw new UserError(`--channels ${channels}: unknown; expected auto or rgb`, 2)
  const fixKnown = fix === 'known'
  const labels = await labelsOfSubset(engine, all, fixKnown)
  assertLabelMap(labels)
  const rule = parseOverlapRule(overlapRule, labels)
  if (labels.length === 0 || !lines)
    throw new UserError(
      `--layout ${layout}: the subset has no masks besides merged ones, which label maps leave out; select others with --where`,
    )
  const subset = createHash('sha256').update(recipeText(recipe)).digest('hex').slice(0, 16)
  return caseSink(resolve(out), wanted, {
    layout: CASE_LAYOUTS[layout],
    name,
    run: JSON.stringify({
      layout,
      subset,
      only: only ?? null,
      fold: fold ?? null,
      overlapRule: overlapRuleText(rule),
      fix: fix ?? null,
      labels,
    }),
    lines,
    companions: companions.filter(each => KEPT.includes(each.name)),
    values: labelValues(labels),
    rule,
    fixKnown,
    forceColor: channels === 'rgb',
    allowMissing: options.allowMissing ?? false,
  })
}

/** Say what was composed, what was left out, and what the training program still needs. */
export function sayCases(layout: CaseLayoutName, totals: CaseTotals, { log }: Effects): void {
  const { images, labels, masksLeftOut, imagesLeftOut, firstLeftOut, fixed, splits } = totals
  const lost = labels.filter(label => label.lost > 0)
  log(`${countOf(images, 'label map')} composed; numbers for each label are in composition.json`)
  for (const { label, lost: pixels, covered, imagesWithout } of lost)
    log(
      `${label}: ${formatCount(pixels)} of ${formatCount(covered)} px lost to labels on top${imagesWithout > 0 ? `, all of it in ${countOf(imagesWithout, 'image')}` : ''}`,
    )
  const masks = [
    ['merged', masksLeftOut.merged],
    ['empty', masksLeftOut.empty],
    ['of another size than their image', masksLeftOut['wrong-size']],
    ['left out by --fix known', masksLeftOut.fixed],
  ] as const
  const maskTexts = masks.flatMap(([what, n]) => (n > 0 ? [`${formatCount(n)} ${what}`] : []))
  if (maskTexts.length > 0) log(`Masks left out: ${maskTexts.join(', ')}`)
  const { mergedOnly } = totals
  if (mergedOnly.pixels > 0)
    log(
      `Only merged masks cover ${formatCount(mergedOnly.pixels)} px of ${countOf(mergedOnly.images, 'image')}: background in the label maps`,
    )
  const imageTexts = [
    ...(imagesLeftOut.masks > 0
      ? [`${formatCount(imagesLeftOut.masks)} without a usable mask`]
      : []),
    ...(imagesLeftOut.picture > 0
      ? [`${formatCount(imagesLeftOut.picture)} damaged or too large`]
      : []),
  ]
  if (imageTexts.length > 0) log(`Images left out: ${imageTexts.join(', ')}`)
  if (firstLeftOut.length > 0) log(`Such as ${firstLeftOut.join('; ')}`)
  if (fixed > 0) log(`${countOf(fixed, 'file')} with known defects: see fixed.csv`)
  if (layout === 'medsam') return
  if (hasSplitsFile(totals))
    log(
      'Copy splits_final.json to the folder of this dataset in nnUNet_preprocessed before training',
    )
  else if (splits.val === undefined)
    log(
      'No splits_final.json: nnU-Net then draws its folds by image, which puts slices of a patient into several; add --folds 5',
    )
}
