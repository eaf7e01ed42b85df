/** Why an entry of a directory is not to be used, in words for people. */
export const ENTRY_PROBLEMS = {
  'empty-name': 'has no name',
  'not-utf8': 'has a name that is not UTF-8',
  control: 'has a NUL or another control character in its name',
  absolute: 'has an absolute path',
  drive: 'has a drive or stream in its name (a colon)',
  backslash: 'has a backslash in its name',
  parent: 'leads out of the folder (..)',
  dot: 'has a "." step or a doubled "/" in its path',
  bidi: 'has characters in its name that change the direction of text',
  reserved: 'has a name that Windows reserves or alters',
  encrypted: 'is encrypted',
  method: 'is compressed with a method other than stored or deflated',
  special: 'is a symbolic link or special file',
  sizes: 'has impossible sizes',
  outside: 'is outside the archive',
} as const

export type EntryProblem = keyof typeof ENTRY_PROBLEMS

/** CON, NUL, COM1, …, with or without an extension, are devices on Windows. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\..*)?$/i

/** Marks, embeddings, overrides and isolates; a name shown with them is not the name that is there. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/

/**
 * What makes a name unsafe as a relative path on any system, or null. Names that differ only in case,
 * or not at all, are two entries' matter: find them where all names are together.
 *
 * @param name With "/" between its steps, and at its end for a folder.
 */
export function nameProblem(name: string): EntryProblem | null {
  if (name === '') return 'empty-name'
  if (CONTROL.test(name)) return 'control'
  if (BIDI.test(name)) return 'bidi'
  if (name.startsWith('/')) return 'absolute'
  if (name.includes(':')) return 'drive'
  if (name.includes('\\')) return name.split('\\').includes('..') ? 'parent' : 'backslash'
  const steps = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  if (steps.includes('..')) return 'parent'
  if (steps.some(step => step === '.' || step === '')) return 'dot'
  if (steps.some(step => RESERVED.test(step) || /[. ]$/.test(step))) return 'reserved'
  return null
}

const PLAIN = 0
const SLASH = 1
const DOT_OR_SPACE = 2
const ODD = 3

/** Backslash, colon, and the dollar sign of CONIN$ and CONOUT$. */
const ODD_ASCII = [0x5c, 0x3a, 0x24]

/** What each byte of a name is to `isPlainName`. */
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x2f) return SLASH
  if (byte === 0x2e || byte === 0x20) return DOT_OR_SPACE
  return byte < 0x20 || byte > 0x7e || ODD_ASCII.includes(byte) ? ODD : PLAIN
})

/**
 * Whether a name in ASCII is safe for sure, looking at its bytes only: what is not takes
 * `nameProblem`. Millions of names go by, and nearly all of them are plain.
 */
export function isPlainName(bytes: Uint8Array, start: number, end: number): boolean {
  let stepAt = start
  let dotAt = -1
  let previous = SLASH
  for (let at = start; at < end; at++) {
    const kind = KIND[bytes[at] as number]
    if (kind === PLAIN) {
      previous = PLAIN
      continue
    }
    if (kind === ODD) return false
    // A dot or space may begin or end a step, and a slash may follow nothing.
    if (kind === SLASH ? previous !== PLAIN : previous === SLASH) return false
    if (kind === DOT_OR_SPACE) dotAt = dotAt < 0 ? at : dotAt
    else {
      if (isShort((dotAt < 0 ? at : dotAt) - stepAt)) return false
      stepAt = at + 1
      dotAt = -1
    }
    previous = kind as number
  }
  if (start === end || previous === DOT_OR_SPACE) return false
  return stepAt === end || !isShort((dotAt < 0 ? end : dotAt) - stepAt)
}

/** So long are reserved names, but for those with a dollar sign. */
const isShort = (length: number) => length === 3 || length === 4
