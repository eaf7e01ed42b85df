import type { First } from '../../lib/first/first-answers'
import { ANSWERS_ID, ANSWERS_PLACEHOLDER } from '../../lib/first/placeholders.mjs'

/**
 * The answers that came with the page. In development, pages are not filled, so they are requested from the
 * server.
 *
 * @throws Error if the request fails.
 */
export async function readFirst(): Promise<First> {
  const text = document.getElementById(ANSWERS_ID)?.textContent ?? ''
  if (text !== ANSWERS_PLACEHOLDER) return JSON.parse(text)
  const response = await fetch(`/api/first${window.location.search}`)
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}
