const BLOCK = 512
const NAME_BYTES = 100

/** Bytes at the end of a tar: two empty blocks. */
export const TAR_END_BYTES = 2 * BLOCK

const encoder = new TextEncoder()

/** Number of zeros after data, up to a multiple of the block size. */
export const tarPadding = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK

/**
 * The header of a file in a tar (POSIX.1-2001). If the name is longer than 100 bytes or not ASCII, an extended header
 * precedes it. Owner and time are 0 and the mode is 644, so that equal files make equal archives.
 *
 * @param bytes Size of the data, below 8 GiB. `tarPadding` zeros follow the data.
 */
export function tarHeader(name: string, bytes: number): Uint8Array {
  const encoded = encoder.encode(name)
  if (encoded.length === name.length && name.length <= NAME_BYTES)
    return ustar(encoded, bytes, FILE)
  const extended = paxRecord('path', name)
  const joined = new Uint8Array(BLOCK + extended.length + tarPadding(extended.length) + BLOCK)
  joined.set(ustar(encoder.encode('PaxHeader'), extended.length, EXTENDED))
  joined.set(extended, BLOCK)
  joined.set(ustar(inAscii(name), bytes, FILE), joined.length - BLOCK)
  return joined
}

/** Length of `tarHeader`, computed without building the header. */
export function tarHeaderBytes(name: string): number {
  const { length } = encoder.encode(name)
  if (length === name.length && length <= NAME_BYTES) return BLOCK
  const extended = paxRecord('path', name).length
  return 2 * BLOCK + extended + tarPadding(extended)
}

const FILE = '0'
const EXTENDED = 'x'

/** The fallback name for readers that ignore extended headers. */
const inAscii = (name: string): Uint8Array =>
  encoder.encode(name.replace(/[^ -~]/gu, '_').slice(-NAME_BYTES))

/** "LENGTH key=value\n". The length includes its own digits. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${key}=${value}\n`).length
  let length = rest + String(rest).length
  if (rest + String(length).length > length) length++
  return encoder.encode(`${length} ${key}=${value}\n`)
}

function ustar(name: Uint8Array, bytes: number, type: string): Uint8Array {
  if (!(bytes < 8 ** 11)) throw new RangeError(`${bytes} bytes are too many for a file of a tar`)
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string) => block.set(encoder.encode(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  block.set(name)
  put(100, octal(0o644, 7))
  put(108, octal(0, 7))
  put(116, octal(0, 7))
  put(124, octal(bytes, 11))
  put(136, octal(0, 11))
  // By the standard, the checksum is computed with spaces in its own field.
  put(148, ' '.repeat(8))
  put(156, type)
  put(257, 'ustar\x0000')
  put(329, octal(0, 7))
  put(337, octal(0, 7))
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, `${octal(sum, 6)}\0 `)
  return block
}
