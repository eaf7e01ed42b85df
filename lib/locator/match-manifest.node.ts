import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { rowsOf } from '../manifest/files-of'
import { createTableSql } from '../manifest/tables'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { matchPlaces, PLACE } from './match-places.node.ts'
import { KEY_COLUMNS, KEYS, keyOf } from './name-key'
import { visitNames } from './visit-names.node.ts'

/** Number of rows and entries with and without a match. */
export interface Matches {
  readonly images: number
  readonly masks: number
  readonly imagesWithout: number
  readonly masksWithout: number
  /** Pictures of the archive without a row. If a name is repeated, every entry counts. */
  readonly entriesWithout: number
  /** Rows whose file name occurs more than once in the archive. They get no locator row. */
  readonly ambiguous: number
}

const ROW_TABLES = {
  keyed_images: { row: 'UINTEGER', ...KEY_COLUMNS },
  keyed_masks: { row: 'UINTEGER', class: 'USMALLINT', instance: 'USMALLINT', ...KEY_COLUMNS },
} as const

const ROWS = `SELECT "row", NULL::USMALLINT AS class, NULL::USMALLINT AS instance, ${KEYS} FROM keyed_images
  UNION ALL FROM keyed_masks`

/**
 * Join the images and masks of a manifest with the staged `entries` of an archive. Fills a new table `locator`.
 *
 * @param engine Engine with the view `entries`.
 */
export async function matchManifest(
  engine: NodeEngine,
  { dir, manifest }: Pick<ManifestFolder, 'dir' | 'manifest'>,
): Promise<Matches> {
  const [images, masks] = await openWriters(engine)
  try {
    await visitNames(dir, manifest, {
      image: (hash, id) => images.append(id, ...keyOf(hash)),
      mask: (hash, id, label, instance) => masks.append(id, label, instance, ...keyOf(hash)),
    })
  } finally {
    images.close()
    masks.close()
  }
  await matchPlaces(engine, ROWS)
  await engine.run(createTableSql('locator'))
  await engine.run(`INSERT INTO locator SELECT "row", class, instance, ${PLACE} FROM places
    WHERE "row" IS NOT NULL AND entry IS NOT NULL ORDER BY "row", class NULLS FIRST, instance`)
  return count(engine, rowsOf(manifest, 'images'), rowsOf(manifest, 'masks'))
}

async function openWriters(engine: NodeEngine): Promise<[TableWriter, TableWriter]> {
  const open = async (table: keyof typeof ROW_TABLES) => {
    const columns = Object.entries(ROW_TABLES[table])
    const list = columns.map(([column, type]) => `"${column}" ${type}`).join(', ')
    await engine.run(`CREATE TABLE ${table} (${list})`)
    return TableWriter.open(
      engine.connection,
      table,
      columns.map(([, type]) => type),
    )
  }
  return [await open('keyed_images'), await open('keyed_masks')]
}

async function count(engine: NodeEngine, images: number, masks: number): Promise<Matches> {
  const [found] = await engine.rows<Found>({
    text: `SELECT
      (SELECT count(*) FROM locator WHERE label_id IS NULL)::DOUBLE AS images,
      (SELECT count(label_id) FROM locator)::DOUBLE AS masks,
      (SELECT count(*) FROM places WHERE "row" IS NULL)::DOUBLE AS entries,
      (SELECT coalesce(sum(copies), 0) FROM repeated_entries ANTI JOIN (${ROWS}) USING (${KEYS}))::DOUBLE
        AS copies,
      (SELECT count(*) FROM (${ROWS}) SEMI JOIN repeated_entries USING (${KEYS}))::DOUBLE AS ambiguous`,
    params: [],
  })
  const { ambiguous, ...counts } = found as Found
  return {
    images: counts.images,
    masks: counts.masks,
    imagesWithout: images - counts.images,
    masksWithout: masks - counts.masks,
    entriesWithout: counts.entries + counts.copies,
    ambiguous,
  }
}

interface Found {
  images: number
  masks: number
  entries: number
  copies: number
  ambiguous: number
}
