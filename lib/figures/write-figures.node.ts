import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../errors'
import { countOf } from '../format'
import { retryLocked } from '../retry-locked.node.ts'
import { openPartialFolder } from '../store/partial-folder.node.ts'
import type { FigureInput } from './figure'
import { FIGURE_IDS, type Figure } from './figure'
import { caption } from './figures'
import { comparisonCsv, comparisonMarkdown, figureCsv } from './files'
import { BIBTEX } from './published'
import { figureSvg, svgToPdf, svgToPng } from './render.node.ts'

/** What a figure has one file of, by extension. */
const EXTENSIONS = ['csv', 'sql', 'txt', 'svg', 'png', 'pdf', 'vl.json'] as const
type Extension = (typeof EXTENSIONS)[number]

/** Files about all figures. They are moved last, so that a new table never stands beside old figures. */
const ABOUT_ALL = ['comparison.md', 'cite.bib', 'comparison.csv'] as const

const OWN_FILES: ReadonlySet<string> = new Set([
  ...FIGURE_IDS.flatMap(id => EXTENSIONS.map(extension => `${id}.${extension}`)),
  ...ABOUT_ALL,
])

/**
 * Write all figures into a folder, where they replace older figures: drawn beside the folder first, then moved in
 * one by one, each in one step. A kill leaves complete files, and the next run removes what else it left.
 *
 * @param out May exist, with figures of an earlier run and nothing else.
 * @param log Called once per figure.
 * @throws UserError if the folder has other files, or one of its files stays open in another program.
 */
export async function writeFigures(
  out: string,
  made: readonly Figure[],
  input: FigureInput,
  log: (line: string) => void,
): Promise<void> {
  await assertReplaceable(out)
  const partial = await openPartialFolder(out)
  try {
    for (const figure of made) log(await writeFigure(partial, figure, input))
    await writeFile(join(partial, 'comparison.csv'), comparisonCsv(made))
    await writeFile(join(partial, 'comparison.md'), comparisonMarkdown(made))
    await writeFile(join(partial, 'cite.bib'), BIBTEX)
    await moveFigures(partial, out)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

async function writeFigure(folder: string, figure: Figure, input: FigureInput): Promise<string> {
  const { id, picture } = figure
  const write = (extension: Extension, content: string | Uint8Array) =>
    writeFile(join(folder, `${id}.${extension}`), content)
  await write('csv', figureCsv(figure))
  await write('sql', `${figure.sql};\n`)
  await write('txt', `${caption(figure, input)}\n`)
  const svg = await figureSvg(figure)
  if (!svg || !picture) return `${id}: nothing to draw: ${figure.gap}`
  await write('svg', svg)
  await write('png', svgToPng(svg))
  await write('pdf', await svgToPdf(svg, figure.title, new Date(`${input.date}T00:00:00Z`)))
  if ('spec' in picture) await write('vl.json', `${JSON.stringify(picture.spec, null, 1)}\n`)
  return `${id}: drawn`
}

/**
 * Check that a folder has only files of this command, so that a wrong path overwrites nothing.
 *
 * @throws UserError naming a file that is not a figure.
 */
export async function assertReplaceable(out: string): Promise<void> {
  const found = await readdir(out).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR')
      throw new UserError(`${out}: is a file; give a folder for the figures`)
    throw error
  })
  const foreign = found.filter(name => !OWN_FILES.has(name))
  if (foreign.length > 0)
    throw new UserError(
      `${resolve(out)}: has ${countOf(foreign.length, 'file')} that this command did not write, such as ${foreign[0]}; give an empty folder, or one of earlier figures`,
    )
}

/**
 * Move the figures of a folder into `out`, and remove figures that `partial` does not have.
 *
 * @param move Renames a file; tests let it fail.
 */
export async function moveFigures(
  partial: string,
  out: string,
  move: typeof rename = rename,
): Promise<void> {
  await mkdir(out, { recursive: true })
  const last = new Set<string>(ABOUT_ALL)
  const made = await readdir(partial)
  const inOrder = [...made.filter(name => !last.has(name)), ...ABOUT_ALL]
  for (const name of inOrder) await retryLocked(() => move(join(partial, name), join(out, name)))
  const stale = (await readdir(out)).filter(name => OWN_FILES.has(name) && !made.includes(name))
  for (const name of stale) await retryLocked(() => rm(join(out, name), { force: true }))
}
