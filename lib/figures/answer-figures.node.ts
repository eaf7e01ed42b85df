import { parseFilter } from '../filter/query-string'
import { knownValues } from '../filter/selection'
import { type FileAnswer, textAnswer } from '../http/file-answer.node.ts'
import { openManifest } from '../manifest/open-manifest.node.ts'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { readDimensions } from '../queries/dimensions'
import { countInput } from './count-input.node.ts'
import { FIGURE_IDS, type Figure, type FigureInput } from './figure'
import { buildFigure } from './figures'
import { figureSvg, svgToPdf, svgToPng } from './render.node.ts'

const ENDINGS = { svg: 'image/svg+xml', png: 'image/png', pdf: 'application/pdf' } as const
type Ending = keyof typeof ENDINGS

/** Counting takes the machine for a second: one request at a time, and a few that wait. */
const MAX_WAITING = 8
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** The counts asked for last: the files of one page follow each other. */
let kept: { key: string; input: FigureInput } | undefined

/**
 * Answer `/api/figures/ID.svg|png|pdf?FILTER`: the same bytes as the command line writes.
 *
 * @param name Last step of the path, decoded.
 * @param query The request's query string: a filter.
 */
export async function answerFigure(
  folder: ManifestFolder,
  name: string,
  query: string,
): Promise<FileAnswer> {
  const [, idText, endingText] = /^([a-z-]+)\.([a-z]+)$/.exec(name) ?? []
  const id = FIGURE_IDS.find(one => one === idText)
  const ending = (Object.keys(ENDINGS) as Ending[]).find(one => one === endingText)
  if (!id || !ending)
    return textAnswer(404, `There are ${FIGURE_IDS.join(', ')}, each as .svg, .png and .pdf.`)
  if (waiting >= MAX_WAITING)
    return textAnswer(503, 'Too many figures are asked for at once.', { 'Retry-After': '2' })
  waiting++
  const turn = last.then(() => inputOf(folder, query))
  last = turn.catch(() => {})
  const input = await turn.finally(() => {
    waiting--
  })
  if (typeof input === 'string') return textAnswer(400, input)
  const figure = buildFigure(id, input)
  const bytes = await fileOf(figure, ending, input)
  if (bytes === null) return textAnswer(404, `Nothing to draw: ${figure.gap}`)
  return {
    status: 200,
    headers: {
      'Content-Type': ENDINGS[ending],
      'Content-Length': String(bytes.length),
      'Content-Disposition': `attachment; filename="${id}.${ending}"`,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
    body: bytes,
  }
}

async function fileOf(
  figure: Figure,
  ending: Ending,
  { date }: FigureInput,
): Promise<Uint8Array | null> {
  const svg = await figureSvg(figure)
  if (svg === null) return null
  if (ending === 'png') return svgToPng(svg)
  if (ending === 'pdf') return svgToPdf(svg, figure.title, new Date(`${date}T00:00:00Z`))
  return Buffer.from(svg)
}

/** Counts of the filter, or what is wrong with it. */
async function inputOf(folder: ManifestFolder, query: string): Promise<FigureInput | string> {
  const key = `${folder.manifest.id} ${query}`
  if (kept?.key === key) return kept.input
  const opened = await openManifest(folder.dir)
  try {
    const parsed = parseFilter(query)
    const dimensions = await readDimensions(opened.engine)
    const { filter, problems } = knownValues(parsed.filter, dimensions)
    const wrong = [...parsed.problems, ...problems]
    if (wrong.length > 0) return wrong.join(' ')
    const input = await countInput(opened, filter)
    kept = { key, input }
    return input
  } finally {
    opened.engine.close()
  }
}
