import { resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countInput } from '../lib/figures/count-input.node.ts'
import { agrees, type Examples, type Figure, type FigureInput } from '../lib/figures/figure'
import { buildFigures, verdict } from '../lib/figures/figures'
import { readExamples } from '../lib/figures/read-examples.node.ts'
import { assertReplaceable, writeFigures } from '../lib/figures/write-figures.node.ts'
import { askedFilter } from '../lib/filter/asked-filter'
import { countOf } from '../lib/format'
import { openPictures } from '../lib/images/serve/open-pictures.node.ts'
import { readDimensions } from '../lib/queries/dimensions'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { readManifest } from '../lib/store/read-manifest.node.ts'
import { connectImages } from './connect-images'
import type { Effects } from './effects'
import { withPartialFolders } from './partial-folders'

export interface FiguresOptions {
  readonly manifest: string
  readonly out?: string
  /** Filter, as in the page's URL. */
  readonly where?: string
  /** Fail if a printed number differs. */
  readonly check?: boolean
  /** Date in captions. */
  readonly date?: string
  /** Image store of example images; undefined depends on the manifest. */
  readonly images?: string | undefined
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoot?: readonly string[]
}

/**
 * `samed2d figures`: every figure as SVG, PNG, PDF, CSV, spec and caption, and a table of the paper's numbers and the
 * manifest's.
 *
 * @throws UserError for an unknown value in the filter, and with `check` if a published number differs.
 */
export async function figures(
  { manifest: dir, out, where = '', check = false, date, ...pictures }: FiguresOptions,
  effects: Effects,
): Promise<void> {
  if (!out && !check) throw new UserError('figures: give --out DIR, or --check', 2)
  // Checked before the work.
  if (out) await assertReplaceable(out)
  const opened = await openManifest(dir)
  try {
    const filter = askedFilter(where, await readDimensions(opened.engine), '--where')
    const counted = await countInput(opened, filter, date)
    // No comparison uses examples, so a check without --out does not read them.
    const input = out
      ? { ...counted, examples: await examplesOf(opened, counted, pictures, effects) }
      : counted
    const made = buildFigures(input)
    if (out) {
      const write = () => writeFigures(out, made, input, effects.log)
      await withPartialFolders(out, effects, write, 'older figures there are complete')
      effects.write(`${resolve(out)}: ${countOf(made.length, 'figure')}\n`)
    }
    for (const figure of made) {
      const said = verdict(figure)
      if (said) effects.write(`${said.ok ? 'ok     ' : 'differs'} ${figure.id}: ${said.text}\n`)
      if (out && figure.gap) effects.write(`partial ${figure.id}: ${figure.gap}\n`)
    }
    if (check) assertAgreement(made)
  } finally {
    opened.engine.close()
  }
}

async function examplesOf(
  opened: OpenManifest,
  input: FigureInput,
  { images, allowRoot = [] }: Pick<FiguresOptions, 'images' | 'allowRoot'>,
  effects: Effects,
): Promise<Examples> {
  const options = { allowRoots: allowRoot }
  const place = await connectImages(await readManifest(opened.dir), images, effects, options)
  // Read again, because connecting an archive may have added its locator.
  const pictures = await openPictures(await readManifest(opened.dir), place, {
    allowRoots: allowRoot,
  })
  try {
    return await readExamples(opened, input, pictures)
  } finally {
    await pictures.close()
  }
}

function assertAgreement(made: readonly Figure[]): void {
  const compared = made.flatMap(({ id, comparison }) => comparison.map(one => ({ id, one })))
  if (compared.length === 0)
    throw new UserError('--check: published numbers cover the whole dataset; leave out --where', 2)
  const differing = compared.filter(({ one }) => !agrees(one))
  if (differing.length === 0) return
  const first = differing
    .slice(0, 10)
    .map(
      ({ id, one }) =>
        `${id}: ${one.what}, ${one.unit}: published ${one.published}, here ${one.manifest}`,
    )
  throw new UserError(
    `${countOf(differing.length, 'published number')} of ${compared.length} differ:\n  ${first.join('\n  ')}${differing.length > first.length ? '\n  …' : ''}`,
  )
}
