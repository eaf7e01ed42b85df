import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { quoted } from '../sql'

/** Path of the database that `stageToFile` writes. @param databases Folder `Staging.databases`. */
export const entriesPath = (databases: string): string => join(databases, 'entries.duckdb')

/** Attach the database of `stageToFile` to an engine, and create the view `entries`. */
export async function attachEntries(engine: NodeEngine, path: string): Promise<void> {
  await engine.run(`ATTACH ${quoted(path)} AS directory (READ_ONLY)`)
  await engine.run('CREATE VIEW entries AS FROM directory.entries')
}

/** Drop the view `entries` and detach the database. */
export async function detachEntries(engine: NodeEngine): Promise<void> {
  await engine.run('DROP VIEW entries')
  await engine.run('DETACH directory')
}
