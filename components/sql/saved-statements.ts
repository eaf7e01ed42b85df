/** A statement that the reader keeps, in this browser. */
export interface Saved {
  readonly title: string
  readonly sql: string
}

const SAVED = 'samed2d.sql.saved'
const DRAFT = 'samed2d.sql.draft'

/** What is kept; nothing where the browser keeps nothing, or something else lies there. */
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

/** @returns Whether the browser keeps it. */
export const writeSaved = (saved: readonly Saved[]): boolean => write(SAVED, JSON.stringify(saved))

/** What was written last, so that a lost tab loses no statement; null if nothing was. */
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
