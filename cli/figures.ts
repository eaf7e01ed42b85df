import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countInput } from '../lib/figures/count-input.node.ts'
import { agrees, type Examples, type Figure, type FigureInput } from '../lib/figures/figure'
import { buildFigures, caption, verdict } from '../lib/figures/figures'
import { comparisonCsv, comparisonMarkdown, figureCsv } from '../lib/figures/files'
import { BIBTEX } from '../lib/figures/published'
import { readExamples } from '../lib/figures/read-examples.node.ts'
import { figureSvg, svgToPdf, svgToPng } from '../lib/figures/render.node.ts'
import { askedFilter } from '../lib/filter/asked-filter'
import { countOf } from '../lib/format'
import { openPictures } from '../lib/images/serve/open-pictures.node.ts'
import { readDimensions } from '../lib/queries/dimensions'
import { retryLocked } from '../lib/retry-locked.node.ts'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { readManifest } from '../lib/store/read-manifest.node.ts'
import { connectImages } from './connect-images'
import type { Effects } from './effects'

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
  if (out) await assertReplaceable(resolve(out))
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
      await writeFigures(resolve(out), made, figure => caption(figure, input), input.date, effects)
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
  const place = await connectImages(await readManifest(opened.dir), images, effects, allowRoot)
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

/** Writes into a temporary folder, then moves it to `out`, where it replaces an older folder of figures. */
async function writeFigures(
  out: string,
  made: readonly Figure[],
  captionOf: (figure: Figure) => string,
  date: string,
  { log }: Pick<Effects, 'log'>,
): Promise<void> {
  const partial = `${out}.partial-${process.pid}`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  try {
    for (const figure of made) {
      const write = (extension: string, content: string | Uint8Array) =>
        writeFile(join(partial, `${figure.id}.${extension}`), content)
      await write('csv', figureCsv(figure))
      await write('sql', `${figure.sql};\n`)
      await write('txt', `${captionOf(figure)}\n`)
      const svg = await figureSvg(figure)
      if (!svg || !figure.picture) {
        log(`${figure.id}: nothing to draw: ${figure.gap}`)
        continue
      }
      await write('svg', svg)
      await write('png', svgToPng(svg))
      await write('pdf', await svgToPdf(svg, figure.title, new Date(`${date}T00:00:00Z`)))
      if ('spec' in figure.picture)
        await write('vl.json', `${JSON.stringify(figure.picture.spec, null, 1)}\n`)
      log(`${figure.id}: drawn`)
    }
    await writeFile(join(partial, 'comparison.csv'), comparisonCsv(made))
    await writeFile(join(partial, 'comparison.md'), comparisonMarkdown(made))
    await writeFile(join(partial, 'cite.bib'), BIBTEX)
    await replaceFolder(partial, out)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** @throws UserError unless the old folder contains only figures, so that a wrong path deletes nothing else. */
async function assertReplaceable(out: string): Promise<void> {
  const old = await readdir(out).catch((): string[] => [])
  if (old.length > 0 && !old.includes('comparison.csv'))
    throw new UserError(`${out}: has other files; give an empty folder`)
}

async function replaceFolder(partial: string, out: string): Promise<void> {
  await assertReplaceable(out)
  await rm(out, { recursive: true, force: true, maxRetries: 5 })
  await retryLocked(() => rename(partial, out))
}
