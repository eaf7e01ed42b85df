/** Why an entry of a directory must not be used, for people. */
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

/** Marks, embeddings, overrides and isolates, which make a name look different from what it is. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/

/**
 * Why a name is unsafe as a relative path on any system, or null. Repeated names, and names that differ only
 * in case, are not found here: that takes all names of the archive.
 *
 * @param name Steps joined by "/"; a folder ends in "/".
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

/** The kind of each byte, for `isPlainName`. */
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0x2f) return SLASH
  if (byte === 0x2e || byte === 0x20) return DOT_OR_SPACE
  return byte < 0x20 || byte > 0x7e || ODD_ASCII.includes(byte) ? ODD : PLAIN
})

/**
 * Whether a name is plain ASCII and certainly safe. Other names need `nameProblem`, which is slower; nearly
 * all of the millions of names are plain.
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
    // A slash must follow a plain character, and a step must not begin with a dot or a space.
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

/** Reserved names without a dollar sign have three or four characters. */
const isShort = (length: number) => length === 3 || length === 4
