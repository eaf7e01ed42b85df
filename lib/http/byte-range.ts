/** A range of byte offsets; `end` is inclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** What a Range header requests: the whole file, one range, or bytes that the file does not have. */
export type RangeRequest = 'whole' | 'unsatisfiable' | ByteRange

/**
 * Read a Range header (RFC 9110, 14.2) for a file of `size` bytes. No header, other units, several ranges and
 * invalid syntax request the whole file.
 *
 * @param header Value of Range, or null.
 * @param size Size of the file in bytes.
 */
export function parseByteRange(header: string | null, size: number): RangeRequest {
  const match = header && /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header)
  if (!match) return 'whole'
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}
