import { access, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../errors'
import { countOf } from '../format'
import { fileName } from './archive'
import { type ByteSource, MissingSourceError } from './byte-source'
import { joinSources } from './joined-source'
import { isUrl } from './part-names'
import type { PieceNames } from './piece-names'

/** More pieces than any program makes of an archive. */
const MAX_PIECES = 10_000

/**
 * Opens a file that was cut into pieces as one source.
 *
 * @param open Opens one location.
 * @throws UserError if the first piece cannot be opened, or if a piece in the middle is missing.
 */
export async function openPieces(
  names: PieceNames,
  open: (location: string) => Promise<ByteSource>,
): Promise<ByteSource> {
  const first = names.location(0)
  const sources = [await open(first)]
  try {
    const count = isUrl(first) ? MAX_PIECES : await countPieces(names)
    while (sources.length < count) {
      const next = await open(names.location(sources.length)).catch(error => {
        // On a server nothing lists the pieces: the first that is not there ends them.
        if (isUrl(first) && error instanceof MissingSourceError) return null
        throw error
      })
      if (!next) break
      sources.push(next)
    }
    return joinSources(sources)
  } catch (error) {
    await Promise.all(sources.map(source => source.close()))
    throw error
  }
}

/** Number of pieces on disk, up to the highest number that there is. */
async function countPieces(names: PieceNames): Promise<number> {
  const first = names.location(0)
  const numbers = (await readdir(dirname(first))).flatMap(name => names.indexOf(name) ?? [])
  const highest = Math.max(0, ...numbers)
  for (let index = 1; index <= Math.min(highest, MAX_PIECES); index++) {
    const location = names.location(index)
    const isThere = await access(location).then(
      () => true,
      () => false,
    )
    if (!isThere)
      throw new UserError(
        `${location}: missing; ${fileName(names.location(highest))} is there, so ${fileName(first)} and ${countOf(highest, 'further piece')} must be in the same folder`,
      )
  }
  return highest + 1
}
