import { join } from 'node:path'
import { openNodeEngine } from '../engine/duckdb.node.ts'
import type { Engine } from '../engine/engine'
import { fileOf } from '../manifest/file-of'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { quoted } from '../sql'
import type { ImageRow } from './image-row'
import { type RowNames, readRowNames } from './row-names'
import { readRowRange } from './row-range'

/** Finds images by their id, on the server. */
export interface ImageRows {
  readonly names: RowNames
  /** Null for an id that the manifest does not have. */
  find(imageId: number): Promise<ImageRow | null>
  close(): void
}

/** Galleries ask for neighbours, and reading a row group costs the same for one row or many. */
const RANGE_IMAGES = 512
const KEPT_RANGES = 64

/**
 * Open the tables of images and masks for look-ups by id. A look-up reads the one or two row groups
 * of each file that hold the id: their statistics say which.
 */
export async function openImageRows({ dir, manifest }: ManifestFolder): Promise<ImageRows> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '500MB',
    // Look-ups are short: handing them to other threads costs more than it saves.
    threads: '1',
  })
  // Footers of millions of rows are long, and content-named files never change.
  await engine.run('SET parquet_metadata_cache = true')
  for (const table of TABLES)
    await engine.run(
      `CREATE VIEW ${table} AS FROM read_parquet(${quoted(join(dir, fileOf(manifest, table).file))})`,
    )
  const names = await readRowNames(engine)
  const images = fileOf(manifest, 'images').rows
  const rangeOf = keptRanges(engine, names)
  return {
    names,
    async find(imageId) {
      if (!(imageId < images)) return null
      const range = await rangeOf(Math.floor(imageId / RANGE_IMAGES))
      return range.get(imageId) ?? null
    },
    close: () => engine.close(),
  }
}

const TABLES = [
  'datasets',
  'submodalities',
  'labels',
  'class_ids',
  'images',
  'masks',
  'mask_boxes',
] as const

/** Ranges of rows, the latest used ones kept; requests for one that is being read share it. */
function keptRanges(engine: Engine, names: RowNames) {
  const kept = new Map<number, Promise<Map<number, ImageRow>>>()
  return (index: number): Promise<Map<number, ImageRow>> => {
    const start = index * RANGE_IMAGES
    const range = kept.get(index) ?? readRowRange(engine, names, start, start + RANGE_IMAGES)
    kept.delete(index)
    kept.set(index, range)
    // A failure is not kept: the next request tries again.
    range.catch(() => kept.get(index) === range && kept.delete(index))
    const [oldest] = kept.keys()
    if (kept.size > KEPT_RANGES && oldest !== undefined) kept.delete(oldest)
    return range
  }
}
