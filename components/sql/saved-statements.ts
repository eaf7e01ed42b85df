/** A statement that the reader saved in this browser. */
export interface Saved {
  readonly title: string
  readonly sql: string
}

const SAVED = 'samed2d.sql.saved'
const DRAFT = 'samed2d.sql.draft'

/** The saved statements; none if storage is disabled or has other data. */
export function readSaved(): Saved[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SAVED) ?? '[]')
    return Array.isArray(found) ? found.filter(isSaved) : []
  } catch {
    return []
  }
}

const isSaved = (one: unknown): one is Saved =>
  typeof one === 'object' &&
  one !== null &&
  typeof (one as Saved).title === 'string' &&
  typeof (one as Saved).sql === 'string'

/** @returns Whether the browser stored them. */
export const writeSaved = (saved: readonly Saved[]): boolean => write(SAVED, JSON.stringify(saved))

/** The last text of the editor, so that closing the tab loses nothing; null if there is none. */
export function readDraft(): string | null {
  try {
    return localStorage.getItem(DRAFT)
  } catch {
    return null
  }
}

export const writeDraft = (text: string): boolean => write(DRAFT, text)

function write(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}
