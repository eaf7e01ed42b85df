import { fillData, fillPage, NO_FILL, type PageFill } from '../first/fill-page'
import { type FirstProblem, isProblem, type Place } from '../first/first-answers'
import type { FirstSource } from '../first/first-answers.node.ts'
import { type FileAnswer, textAnswer } from '../http/file-answer.node.ts'
import { inlineScriptSources } from '../http/inline-scripts.node.ts'
import { contentPolicy } from '../http/security-headers'
import { type App, sourceOrProblem } from './app.node.ts'
import type { PaintedPage } from './page-cache'
import { type PageRoute, pageRoute } from './page-route'

/** What Next writes where no page is found, without its extension. */
const NOT_FOUND = '404'

/** Answer with a page: filled, painted, and with a policy that allows its own inline scripts alone. */
export async function answerPage(app: App, place: Place): Promise<FileAnswer> {
  // Next's links have no final slash.
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
      // It is of the manifest as it is now.
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
 * Answer what Next asks for when a link within the page is followed: the page's data.
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

/** One slash at the start alone: two would lead to another host. */
const withoutSlash = ({ path, query }: Place): FileAnswer =>
  textAnswer(308, '', {
    Location: `/${path.replace(/^\/+|\/+$/g, '')}${query === '' ? '' : `?${query}`}`,
  })
