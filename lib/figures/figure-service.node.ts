import { Turns } from '../async/turns'
import { UserError } from '../errors'
import { askedFilter } from '../filter/asked-filter'
import { type FileAnswer, jsonAnswer, textAnswer } from '../http/file-answer.node.ts'
import { pathHider } from '../http/hide-paths'
import type { PictureService } from '../images/serve/picture-service.node.ts'
import { readDimensions } from '../queries/dimensions'
import { openFolder } from '../store/open-manifest.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { countInput } from './count-input.node.ts'
import { FIGURE_IDS, type Figure, type FigureId, type FigureInput } from './figure'
import { buildFigure } from './figures'
import { readExamples } from './read-examples.node.ts'
import { figureSvg, svgToPdf, svgToPng } from './render.node.ts'

const TYPES = { svg: 'image/svg+xml', png: 'image/png', pdf: 'application/pdf' } as const
type Extension = keyof typeof TYPES

/** Requests that are answered or wait: counting takes the machine for a second. */
const MAX_REQUESTS = 8

const JSON_NAME = 'example-images.json'

/** Answers `/api/figures/…`. Keeps the last counts, because a page requests several files of one filter. */
export class FigureService {
  private readonly turns = new Turns(MAX_REQUESTS)
  private kept: { key: string; input: FigureInput } | undefined

  /**
   * @param openPictures Called for figures that contain pictures.
   * @param hidePaths As `pathHider`.
   */
  constructor(
    private readonly openPictures: () => Promise<PictureService>,
    private readonly hidePaths = pathHider([]),
  ) {}

  /**
   * Answer `/api/figures/ID.svg|png|pdf?FILTER` with the bytes that the command line writes, and
   * `example-images.json` with the examples including their pictures, for the page to draw.
   *
   * @param name Last step of the path, decoded.
   * @param query The request's query string: a filter.
   */
  async answer(folder: ManifestFolder, name: string, query: string): Promise<FileAnswer> {
    const [, idText, extensionText] = /^([a-z-]+)\.([a-z]+)$/.exec(name) ?? []
    const id = FIGURE_IDS.find(one => one === idText)
    const extension = (Object.keys(TYPES) as Extension[]).find(one => one === extensionText)
    if (name !== JSON_NAME && !(id && extension))
      return textAnswer(
        404,
        `Unknown figure or format; expected one of ${FIGURE_IDS.join(', ')}, as .svg, .png or .pdf.`,
      )
    const pictures = idText === 'example-images' ? await this.openPictures() : null
    const turn = this.turns.take(() => this.inputOf(folder, query, pictures))
    if (!turn)
      return textAnswer(
        503,
        'Too many figures are requested at once; try again in a few seconds.',
        { 'Retry-After': '2' },
      )
    let input: FigureInput
    try {
      input = await turn
    } catch (error) {
      if (error instanceof UserError && error.exitCode === 2)
        return textAnswer(400, this.hidePaths(error.message))
      throw error
    }
    return id && extension ? figureAnswer(id, extension, input) : examplesAnswer(input)
  }

  /** Counts of the filter, and examples if pictures are given. */
  private async inputOf(
    folder: ManifestFolder,
    query: string,
    pictures: PictureService | null,
  ): Promise<FigureInput> {
    const key = `${folder.manifest.id} ${pictures?.version ?? ''} ${query}`
    const counted = this.kept?.key === key ? this.kept.input : null
    if (counted && (!pictures || counted.examples)) return counted
    const opened = await openFolder(folder)
    try {
      const filter = askedFilter(query, await readDimensions(opened.engine), '')
      const found = counted ?? (await countInput(opened, filter))
      const input = pictures
        ? { ...found, examples: await readExamples(opened, found, pictures) }
        : found
      // Not kept if a picture failed, because it may be there the next time.
      if (input.examples?.items.every(({ picture }) => picture) ?? true) this.kept = { key, input }
      return input
    } finally {
      opened.engine.close()
    }
  }
}

async function figureAnswer(
  id: FigureId,
  extension: Extension,
  input: FigureInput,
): Promise<FileAnswer> {
  const figure = buildFigure(id, input)
  const bytes = await fileOf(figure, extension, input)
  if (bytes === null) return textAnswer(404, `Nothing to draw: ${figure.gap}`)
  return {
    status: 200,
    headers: {
      'Content-Type': TYPES[extension],
      'Content-Length': String(bytes.length),
      'Content-Disposition': `attachment; filename="${id}.${extension}"`,
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    },
    body: bytes,
  }
}

const examplesAnswer = ({ examples }: FigureInput): FileAnswer => jsonAnswer(examples, 'no-cache')

async function fileOf(
  figure: Figure,
  extension: Extension,
  { date }: FigureInput,
): Promise<Uint8Array | null> {
  const svg = await figureSvg(figure)
  if (svg === null) return null
  if (extension === 'png') return svgToPng(svg)
  if (extension === 'pdf') return svgToPdf(svg, figure.title, new Date(`${date}T00:00:00Z`))
  return Buffer.from(svg)
}
