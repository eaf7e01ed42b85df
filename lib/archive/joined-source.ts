import { type ByteSource, checkRange } from './byte-source'
import { Parts } from './parts'

/**
 * Several sources as one: a file that was cut into pieces anywhere. Its places are those of the uncut file.
 *
 * @param sources At least one, in order. Closing the result closes them.
 */
export function joinSources(sources: readonly ByteSource[]): ByteSource {
  const [first, ...others] = sources
  if (!first) throw new RangeError('no sources to join')
  if (others.length === 0) return first
  const pieces = new Parts(sources)
  const joined: ByteSource = {
    name: first.name,
    size: pieces.size,
    isRemote: pieces.isRemote,
    async read(offset, length, signal) {
      checkRange(joined, offset, length)
      return pieces.read(pieces.place(offset), length, signal)
    },
    close: () => pieces.close(),
  }
  return joined
}

/**
 * A stretch of a source as a source. Closing it does not close the source.
 *
 * @param start Offset in the source, in bytes.
 * @param size Bytes; the rest of the source by default.
 * @param name For messages and facts.
 */
export function sliceSource(
  source: ByteSource,
  start: number,
  size: number = source.size - start,
  name: string = source.name,
): ByteSource {
  checkRange(source, start, size)
  const slice: ByteSource = {
    name,
    size,
    isRemote: source.isRemote,
    async read(offset, length, signal) {
      checkRange(slice, offset, length)
      return source.read(start + offset, length, signal)
    },
    close: async () => {},
  }
  return slice
}
