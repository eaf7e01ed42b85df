import type { First } from './first-answers'
import { isProblem } from './first-answers'
import {
  ANSWERS_PLACEHOLDER,
  BASE_PLACEHOLDER,
  NAME_PLACEHOLDER,
  PAINT_PLACEHOLDER,
  TITLE_PLACEHOLDER,
} from './placeholders.mjs'

/** The page that a file of the exported app is filled for. */
export interface PageFill {
  /** Path that the explorer lies under, such as `/atlas`; empty at the root of its host. */
  readonly base: string
  /** Name of the dataset or label that the page is about; empty for all others. */
  readonly name: string
  /** Title of such a page. */
  readonly title: string
}

/** At the root of its host, and about nothing in particular. */
export const NO_FILL: PageFill = { base: '', name: '', title: '' }

/**
 * Fill a script, a style sheet or anything else of the app that only depends on where it lies.
 *
 * @param base As in `PageFill`.
 */
export const fillBase = (text: string, base: string): string =>
  text.replaceAll(BASE_PLACEHOLDER, () => base)

/**
 * Fill the data that Next reads for a navigation within the page (its `.txt` files).
 *
 * The name is percent-encoded there, so that it needs no escaping; the title stands in JSON strings.
 */
export function fillData(text: string, { base, name, title }: PageFill): string {
  return fillBase(text, base)
    .replaceAll(NAME_PLACEHOLDER, () => encodeURIComponent(name))
    .replaceAll(TITLE_PLACEHOLDER, () => inJson(title))
}

/**
 * Fill the HTML of a page.
 *
 * @param html As Next exported it.
 * @param paint HTML of the first paint: trusted, it comes from `RenderFirst`.
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

/** Next's inline scripts hold its data as JSON within a string of JavaScript: a title is escaped twice. */
const fillScript = (script: string, fill: PageFill): string =>
  fillData(script, { ...fill, title: inScript(inJson(fill.title)) })

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** No text can end the script element that it stands in, or begin a comment there. */
const inScript = (text: string): string => text.replaceAll('<', '\\u003c')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const inMarkup = (text: string): string => text.replace(/[&<>"']/g, char => ENTITIES[char] ?? char)
