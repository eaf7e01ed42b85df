import { createHash } from 'node:crypto'

/**
 * Sources for `script-src` that allow the inline scripts of a page, and no others.
 *
 * @param html The page exactly as it is sent, because the hash depends on every character.
 * @returns Texts such as `'sha256-…'` without repetition, in the order of the page; data blocks need none.
 */
export function inlineScriptSources(html: string): string[] {
  const scripts = html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)
  const inline = [...scripts].filter(([, attributes = '']) => isInline(attributes))
  return [...new Set(inline.map(([, , text = '']) => sourceOf(text)))]
}

const isInline = (attributes: string) =>
  !/\bsrc=/.test(attributes) && !/\btype="application\/json"/.test(attributes)

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
