import { existsSync } from 'node:fs'
import { openArchive } from '../archive/open-archive.node.ts'
import { pieceNames } from '../archive/piece-names'
import { JoinedPartsError } from '../archive/recover-parts.node.ts'
import { command, shownPlace } from '../command-name.node.ts'
import { UserError } from '../errors'

/**
 * Why an archive without a usable layout cannot be examined although nothing may be wrong with it: its parts are joined
 * in one file, or it has bytes in front. The other commands read both, so neither is damage.
 *
 * @param location Path of the `.zip`.
 * @returns Null if the archive cannot be opened in another way either.
 */
export async function readableOtherwise(location: string): Promise<UserError | null> {
  try {
    const archive = await openArchive(location)
    const isJoined = archive.parts.sources.length > 1
    await archive.close()
    return new UserError(
      isJoined
        ? `${location}: readable, but the parts of a split archive are joined in it (as cat does), and doctor checks only separate parts; ${checkWith(location)}`
        : `${location}: readable, but it has bytes in front of the archive, and doctor checks only archives without; ${checkWith(location)}`,
    )
  } catch (error) {
    if (error instanceof JoinedPartsError) return error
    if (error instanceof UserError) return null
    throw error
  }
}

/** @throws UserError for an archive that was cut into pieces such as `.zip.001`, with how to join them. */
export function refusePieces(location: string): void {
  const isFirst = pieceNames(location) !== null
  const first = `${location}.001`
  if (!isFirst && (existsSync(location) || !existsSync(first))) return
  const piece = isFirst ? location : first
  throw new UserError(
    `${piece}: a piece of an archive that was cut, and doctor checks only whole archives; join the pieces in their order into one .zip (cat does that) and give its path, or, ${checkWith(piece)}`,
    2,
  )
}

const checkWith = (location: string) =>
  `to check every file in it, ingest it and run: ${command('verify', '--manifest', 'DIR', '--images', shownPlace(location), '--all')}`
