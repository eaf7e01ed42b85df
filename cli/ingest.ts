import { resolve } from 'node:path'
import { ingestRelease } from '../lib/ingest/ingest.node.ts'
import { readManifest } from '../lib/manifest/read-manifest.node.ts'
import type { Effects } from './effects'
import { withPartialFolders } from './partial-folders'

export interface IngestOptions {
  readonly out: string
  /** Fail, after writing the manifest, if any input was not accepted. */
  readonly strict?: boolean
  /** Result as JSON. */
  readonly json?: boolean
}

/** `samed2d ingest`: describes a release as a manifest. */
export async function ingest(
  source: string,
  { out, strict = false, json = false }: IngestOptions,
  effects: Effects,
  write: (
    source: string,
    options: { out: string; strict: boolean; log: Effects['log'] },
  ) => Promise<unknown> = ingestRelease,
): Promise<void> {
  const dir = resolve(out)
  await withPartialFolders(dir, effects, () =>
    write(source, { out: dir, strict, log: effects.log }),
  )
  const { manifest } = await readManifest(dir)
  const { totals } = manifest.summary
  if (json) {
    const result = { manifest: dir, id: manifest.id, totals, rejects: manifest.rejects }
    effects.write(`${JSON.stringify(result, null, 2)}\n`)
    return
  }
  const rejected = Object.values(manifest.rejects).reduce((sum, n) => sum + n, 0)
  effects.write(
    `${dir}: ${totals.images} images, ${totals.masks} masks, ${rejected} inputs not accepted\n`,
  )
  for (const [reason, n] of Object.entries(manifest.rejects)) effects.write(`  ${reason}: ${n}\n`)
}
