import type { NamedLocator } from '../../archive/entry'
import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { PLACE_SQL } from '../../manifest/locator-columns'
import type { WantedFile } from './sink'

/** A file of the release besides its pictures, such as its index: its place, and its path in the release. */
export interface OtherFile extends NamedLocator {
  readonly path: string
}

/** Files to fetch, in the archive's order, and what is not there. */
export interface Wanted {
  /** Number of pictures. */
  readonly files: number
  readonly bytes: number
  readonly packedBytes: number
  /** UTF-8 bytes of all paths. */
  readonly nameBytes: number
  /** Files besides pictures. */
  readonly others: readonly OtherFile[]
  /** Number of names that are not there, or not usable; of a list, also lines that name nothing. */
  readonly missing: number
  /** The first of them, with the reason, for people. */
  readonly firstMissing: readonly string[]
  /** The pictures in pages. @throws UserError for a path that is unsafe or not of a picture. */
  pages(): AsyncGenerator<readonly WantedFile[]>
  /**
   * Engine with the table `wanted`; columns as `WantedRow`, and `nth`, which counts from 0 in the archive's order.
   */
  readonly engine: NodeEngine
  /** Row of `wanted` → file. */
  fileOf(row: WantedRow): WantedFile
}

/** A row of the table `wanted`. */
export interface WantedRow {
  path: string
  part: number
  offset: number
  compressed_bytes: number
  bytes: number
  method: number
  crc32: number
}

/** Columns of `WantedRow`, as numbers. */
export const WANTED_COLUMNS = `path, ${PLACE_SQL}`

/** Names in messages. */
export const MOST_NAMED = 5
