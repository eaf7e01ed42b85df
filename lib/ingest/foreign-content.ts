const FOREIGN: readonly [start: readonly number[], what: string][] = [
  [[0x1f, 0x8b], 'gzip data; unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive; unpack it first'],
  [[0x50, 0x4b, 0x07, 0x08], 'a ZIP archive; unpack it first'],
  [[0xff, 0xfe], 'UTF-16 text; convert it to UTF-8'],
  [[0xfe, 0xff], 'UTF-16 text; convert it to UTF-8'],
  [[...Buffer.from('version https://git-lfs')], 'a Git LFS pointer; fetch the file itself'],
]

/**
 * Describe a file that should be JSON by its first bytes; null if it may be JSON. The text ends with what to do.
 */
export function foreignContent(start: Uint8Array): string | null {
  for (const [bytes, what] of FOREIGN) if (bytes.every((byte, i) => start[i] === byte)) return what
  // An error page or a login form that was saved instead of the download.
  if (/^\s*</.test(Buffer.from(start.subarray(0, 64)).toString('latin1')))
    return 'an HTML or XML page; download the file itself'
  return null
}
