import type { Column } from './columns'

/**
 * When the browser loads a table: `cubes` before the page responds, for counting in memory; `rows`
 * in the background, into the database.
 */
export type LoadStage = 'cubes' | 'rows'

export interface Table {
  readonly doc: string
  readonly load: readonly LoadStage[]
  /** Columns that the rows are ordered by, most significant first. */
  readonly sortedBy: readonly string[]
  readonly columns: Readonly<Record<string, Column>>
  /** Columns that the browser leaves out. */
  readonly notInBrowser?: readonly string[]
  /** Not every manifest has it; readers check whether `manifest.json` lists it. */
  readonly optional?: boolean
}
