import type { NamedLocator } from '../../archive/entry'
import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { PLACE_SQL, type PlaceColumns } from '../../manifest/locator-columns'
import type { WantedFile } from './sink'

/** A file of the release that is not a picture, such as the index: the place, and the path in the release. */
export interface OtherFile extends NamedLocator {
  readonly path: string
}

/** Files to fetch, in the archive's order, and missing files. */
export interface Wanted {
  /** Number of pictures. */
  readonly files: number
  readonly bytes: number
  readonly packedBytes: number
  /** Total UTF-8 bytes of all paths. */
  readonly nameBytes: number
  /** Files that are not pictures. */
  readonly others: readonly OtherFile[]
  /** Number of missing or unusable names. For a list, includes lines that name nothing. */
  readonly missing: number
  /** The first missing names with the reason, for messages. */
  readonly firstMissing: readonly string[]
  /**
   * The pictures, page by page.
   *
   * @throws UserError for a path that is unsafe or not of a picture.
   */
  pages(): AsyncGenerator<readonly WantedFile[]>
  /**
   * Engine with the table `wanted`. Columns are those of `WantedRow`, and `nth`, which counts from 0 in the archive's
   * order.
   */
  readonly engine: NodeEngine
  /** Row of `wanted` → file. */
  fileOf(row: WantedRow): WantedFile
}

/** A row of the table `wanted`. */
export interface WantedRow extends PlaceColumns {
  path: string
}

/** Columns of `WantedRow`, as numbers. */
export const WANTED_COLUMNS = `path, ${PLACE_SQL}`

/** Maximum number of names in a message. */
export const MOST_NAMED = 5
