import type { First } from './first-answers'
import { isProblem } from './first-answers'
import {
  ANSWERS_PLACEHOLDER,
  BASE_PLACEHOLDER,
  NAME_PLACEHOLDER,
  PAINT_PLACEHOLDER,
  TITLE_PLACEHOLDER,
} from './placeholders.mjs'

/** What the placeholders of an exported page are filled with. */
export interface PageFill {
  /** Base path of the explorer, such as `/atlas`; empty at the root of the host. */
  readonly base: string
  /** Name of the dataset or label of the page; empty for other pages. */
  readonly name: string
  /** Title of a dataset or label page. */
  readonly title: string
}

/** For pages without a name, at the root of the host. */
export const NO_FILL: PageFill = { base: '', name: '', title: '' }

/**
 * Fill a script, a style sheet or another file that depends only on the base path.
 *
 * @param base As in `PageFill`.
 */
export const fillBase = (text: string, base: string): string =>
  text.replaceAll(BASE_PLACEHOLDER, () => base)

/**
 * Fill the `.txt` files, which Next reads when a link is followed.
 *
 * The name is percent-encoded there and needs no escaping; the title is in JSON strings.
 */
export function fillData(text: string, { base, name, title }: PageFill): string {
  return fillBase(text, base)
    .replaceAll(NAME_PLACEHOLDER, () => encodeURIComponent(name))
    .replaceAll(TITLE_PLACEHOLDER, () => inJson(title))
}

/**
 * Fill the HTML of a page.
 *
 * @param html Page as exported by Next.
 * @param paint HTML of the first paint, from `RenderFirst`; inserted without escaping.
 */
export function fillPage(html: string, fill: PageFill, first: First, paint: string): string {
  const filled = html
    .split(/(<script\b[^>]*>[\s\S]*?<\/script>)/)
    .map(part => (part.startsWith('<script') ? fillScript(part, fill) : fillMarkup(part, fill)))
    .join('')
  return filled
    .replace('data-state="summary"', `data-state="${isProblem(first) ? 'error' : 'summary'}"`)
    .replace(PAINT_PLACEHOLDER, () => paint)
    .replace(ANSWERS_PLACEHOLDER, () => inScript(JSON.stringify(first)))
}

const fillMarkup = (html: string, { base, name, title }: PageFill): string =>
  fillBase(html, base)
    .replaceAll(NAME_PLACEHOLDER, () => encodeURIComponent(name))
    .replaceAll(TITLE_PLACEHOLDER, () => inMarkup(title))

/** Next's inline scripts contain JSON in a JavaScript string, so the title is escaped twice. */
const fillScript = (script: string, fill: PageFill): string =>
  fillData(script, { ...fill, title: inScript(inJson(fill.title)) })

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Escape a text in a script element, so that it cannot end the element or begin a comment. */
const inScript = (text: string): string => text.replaceAll('<', '\\u003c')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const inMarkup = (text: string): string => text.replace(/[&<>"']/g, char => ENTITIES[char] ?? char)
