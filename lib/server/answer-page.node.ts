import { fillData, fillPage, NO_FILL, type PageFill } from '../first/fill-page'
import { type FirstProblem, isProblem, type Place } from '../first/first-answers'
import type { FirstSource } from '../first/first-answers.node.ts'
import { type FileAnswer, textAnswer } from '../http/file-answer.node.ts'
import { inlineScriptSources } from '../http/inline-scripts.node.ts'
import { contentPolicy } from '../http/security-headers'
import { type App, sourceOrProblem } from './app.node.ts'
import type { PaintedPage } from './page-cache'
import { type PageRoute, pageRoute } from './page-route'

/** Name of Next's page for unknown URLs, without its extension. */
const NOT_FOUND = '404'

/**
 * Answer with a page: placeholders filled, first paint rendered, and a policy that allows only its own inline
 * scripts.
 */
export async function answerPage(app: App, place: Place): Promise<FileAnswer> {
  // Next's links do not end in a slash.
  if (place.path.length > 1 && place.path.endsWith('/')) return withoutSlash(place)
  const route = pageRoute(place.path, file => app.files.text(`${file}.html`) !== null)
  const shell = app.files.text(`${route?.file ?? NOT_FOUND}.html`)
  if (shell === null) return textAnswer(404, 'Page not found.')
  const source = await sourceOrProblem(app)
  const paint = () => paintPage(app, shell, route, source, place)
  const { status, html, policy } = isProblem(source)
    ? paint()
    : app.pages.take(source, `${place.path}?${place.query}`, paint)
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(html)),
      // The page depends on the current manifest.
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
    },
    body: html,
  }
}

function paintPage(
  app: App,
  shell: string,
  route: PageRoute | null,
  source: FirstSource | FirstProblem,
  place: Place,
): PaintedPage {
  const first = isProblem(source) ? source : source.answers(place.query)
  const isKnown = route !== null && (isProblem(source) || isThere(source, route))
  const html = fillPage(shell, fillOf(route, isKnown), first, app.render(first, place))
  const policy = contentPolicy(app.settings.connect, inlineScriptSources(html))
  return { status: isKnown ? 200 : 404, html, policy }
}

/**
 * Answer with the data of a page, which Next requests when a link is followed.
 *
 * @param path Path of the page, percent-encoded.
 * @returns Null if there is no such page.
 */
export async function answerPageData(app: App, path: string): Promise<FileAnswer | null> {
  const route = pageRoute(path, file => app.files.text(`${file}.txt`) !== null)
  const data = route && app.files.text(`${route.file}.txt`)
  if (!route || data === null) return null
  const isKnown = isThere(await app.first(), route)
  const text = fillData(data, fillOf(route, isKnown))
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
      'Cache-Control': 'no-store',
    },
    body: text,
  }
}

const isThere = (source: FirstSource, { about }: PageRoute): boolean =>
  about === null || source.has(about.kind, about.name)

function fillOf(route: PageRoute | null, isKnown: boolean): PageFill {
  if (!route?.about) return NO_FILL
  const { name } = route.about
  return { base: '', name, title: isKnown ? name : `${name} is not in this manifest` }
}

/** Redirect without final slashes. Exactly one slash at the start, because two would lead to another host. */
const withoutSlash = ({ path, query }: Place): FileAnswer =>
  textAnswer(308, '', {
    Location: `/${path.replace(/^\/+|\/+$/g, '')}${query === '' ? '' : `?${query}`}`,
  })
