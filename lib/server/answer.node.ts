import { answerEngineAsset } from '../engine/assets.node.ts'
import { isProblem } from '../first/first-answers'
import { type FileAnswer, jsonAnswer, textAnswer } from '../http/file-answer.node.ts'
import type { RequestHeaders } from '../http/handle-files.node.ts'
import { answerPictures } from '../images/serve/answer-pictures.node.ts'
import { answerManifestFile } from '../store/serve-file.node.ts'
import { answerPage, answerPageData } from './answer-page.node.ts'
import { type App, sourceOrProblem } from './app.node.ts'

/** The parts of a request that the answer depends on. */
export interface AppRequest {
  /** Path of the URL as it was sent, percent-encoded. */
  readonly path: string
  /** Query string as it was sent, without its question mark. */
  readonly query: string
  readonly headers: RequestHeaders
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  /** Text of a POST; null if it is too long, undefined for other methods. */
  readonly body?: string | null | undefined
}

/** Answers requests below a folder; `steps` of the path are decoded. */
type AnswerBelow = (app: App, steps: readonly string[], request: AppRequest) => Promise<FileAnswer>

/**
 * Everything except pages, by folder of the path. Steps are looked up in tables, and never used as paths on disk.
 */
const FOLDERS: Readonly<Record<string, AnswerBelow>> = {
  '/manifest/': async (app, steps, { headers }) =>
    answerManifestFile(await app.manifest(), steps.join('/'), headers),
  '/engine/': (app, steps, { headers }) =>
    answerEngineAsset(app.settings.engineDir, steps.join('/'), headers),
  '/api/images/': async (app, path, { query, headers, signal }) =>
    answerPictures(await app.pictures(), { path, query: parametersOf(query), headers, signal }),
  '/api/figures/': async (app, steps, { query }) =>
    app.figures.answer(await app.manifest(), steps.join('/'), query),
  '/api/subset/': async (app, steps, { query, body }) =>
    body === null
      ? textAnswer(413, 'The subset is too large; use the command line.')
      : app.subsets.answer(await app.manifest(), steps.join('/'), body ?? query),
}

/** The only folder that allows POST, for recipes that are too long for a URL. */
export const POSTS_BELOW = '/api/subset/'

/** Answer a request. @throws UserError if the manifest or its pictures cannot be used. */
export async function answerRequest(app: App, request: AppRequest): Promise<FileAnswer> {
  const { path, query, headers } = request
  const [folder, below] = Object.entries(FOLDERS).find(([start]) => path.startsWith(start)) ?? []
  if (folder && below) {
    const steps = decodeSteps(path.slice(folder.length))
    return steps ? below(app, steps, request) : textAnswer(400, 'The URL is not well formed.')
  }
  if (path === '/api/first') return answerFirst(app, query)
  if (path.startsWith('/api/')) return textAnswer(404, 'Unknown API path.')
  const file = await app.files.answer(path.slice(1), headers)
  if (file) return file
  const data = path.endsWith('.txt') ? await answerPageData(app, dataPath(path)) : null
  return data ?? answerPage(app, { path, query })
}

/** First answers as JSON, for pages in development, which are not filled. */
async function answerFirst(app: App, query: string): Promise<FileAnswer> {
  const source = await sourceOrProblem(app)
  return jsonAnswer(isProblem(source) ? source : source.answers(query))
}

/** Path of the page of a `.txt` file of Next; `/index.txt` is the overview. */
const dataPath = (path: string) => (path === '/index.txt' ? '/' : path.slice(0, -'.txt'.length))

function decodeSteps(path: string): string[] | null {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}

/** Parameters by name; a repeated parameter has a list of values. */
function parametersOf(query: string): Record<string, string | readonly string[]> {
  const all = new URLSearchParams(query)
  return Object.fromEntries(
    [...new Set(all.keys())].map(name => {
      const [value = '', ...more] = all.getAll(name)
      return [name, more.length === 0 ? value : [value, ...more]]
    }),
  )
}
