import type { Dimensions } from '../filter/dimensions'
import type { Cube } from './cube'
import type { Rows } from './rows'

/** What counts are made from. The rows may be missing while only the cubes are asked. */
export interface Source {
  readonly cube: Cube
  readonly rows: Rows | null
  readonly dimensions: Dimensions
}
