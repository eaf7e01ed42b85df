import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { quoted } from '../sql'

/** Where a staging folder keeps the database that `stageToFile` makes. */
export const entriesPath = (stagingDir: string): string => join(stagingDir, 'entries.duckdb')

/** Make what `stageToFile` has written the view `entries` of an engine. */
export async function attachEntries(engine: NodeEngine, path: string): Promise<void> {
  await engine.run(`ATTACH ${quoted(path)} AS directory (READ_ONLY)`)
  await engine.run('CREATE VIEW entries AS FROM directory.entries')
}

/** Let go of it. */
export async function detachEntries(engine: NodeEngine): Promise<void> {
  await engine.run('DROP VIEW entries')
  await engine.run('DETACH directory')
}
