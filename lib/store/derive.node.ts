import type { NodeEngine } from '../engine/duckdb.node.ts'
import { AREA_SHARE_BINS, binSql, SHARE_SQL } from '../manifest/bins'
import {
  BINNED_ATTRIBUTES,
  type BinnedAttribute,
  IMAGE_ATTRIBUTES,
  IMAGE_COLUMNS,
  type ImageColumn,
} from '../manifest/image-attributes'
import { createTableSql, type TABLES, type TableName } from '../manifest/tables'
import { sql } from '../sql'
import { duplicatesSql, flagBitsSql, joinBitsSql } from './flag-sql'
import { type ImageSlice, imageSlices, SLICE_IMAGES } from './image-slices'
import { repeatsSql, withoutRepeated } from './neighbours-sql'
import { stagePatients } from './stage-patients.node.ts'

/**
 * Derive the manifest's tables from staged rows: patients, counts per image, bins, label sets, flags, cubes.
 * Flags come from the tables `quality` and `duplicates`, if they are staged. `duplicates` is derived from `locator` if
 * only `locator` is staged.
 *
 * Groups by image or label set are computed a slice at a time, because their hash tables would exceed the memory limit
 * (see `neighbours-sql`). Every other step is one statement and can spill to disk.
 *
 * @param sliceImages Maximum number of images of a slice.
 * @returns Whether the table `duplicates` exists.
 */
export async function deriveTables(
  engine: NodeEngine,
  log: (line: string) => void,
  sliceImages = SLICE_IMAGES,
): Promise<{ duplicates: boolean }> {
  const staged = new Set(
    (await engine.rows<{ name: string }>(sql`SELECT table_name AS name FROM duckdb_tables()`)).map(
      row => row.name,
    ),
  )
  const [images] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM stage_images`,
  )
  const slices = imageSlices(images?.n ?? 0, sliceImages)
  const timed = async (name: string, work: () => Promise<void>) => {
    const start = performance.now()
    await work()
    log(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
  await timed('patients', () => stagePatients(engine))
  for (const { name, statements } of [flagStep(staged), ...STEPS])
    await timed(name, async () => {
      for (const statement of statements) {
        if (typeof statement === 'string') await engine.run(statement)
        else for (const slice of slices) await engine.run(statement(slice))
      }
    })
  return { duplicates: staged.has('duplicates') || staged.has('locator') }
}

const GRAIN = IMAGE_COLUMNS.join(', ')

type BinColumn = (typeof IMAGE_ATTRIBUTES)[BinnedAttribute]['column']
type ColumnName<Name extends TableName> = Extract<keyof (typeof TABLES)[Name]['columns'], string>

/** SQL for each column of `images`, except bins. The type makes a missing column a compile error. */
const IMAGE_SOURCES: Readonly<Record<Exclude<ColumnName<'images'>, BinColumn>, string>> = {
  image_id: 'i.image_id',
  dataset_id: 'i.dataset_id',
  submodality_id: 'submodality_id',
  case_id: 'i.case_id',
  case_name: 'case_name',
  axis_id: 'axis_id',
  slice: 'slice',
  width: 'width',
  height: 'height',
  n_masks: 'coalesce(n_masks, 0)::USMALLINT',
  n_labels: 'coalesce(n_labels, 0)::USMALLINT',
  bytes: 'bytes',
  label_set_id: 'coalesce(label_set_id, 0)',
  flags: 'coalesce(flags, 0)',
}

/** SQL for each column of `masks`, except the columns that are copied from the image. */
const MASK_SOURCES: Readonly<Record<Exclude<ColumnName<'masks'>, ImageColumn>, string>> = {
  image_id: 'm.image_id',
  label_id: 'label_id',
  instance: 'instance',
  area: 'area',
  area_bin: binSql(AREA_SHARE_BINS, SHARE_SQL),
  bytes: 'm.bytes',
}

const selected = (sources: Readonly<Record<string, string>>): string =>
  Object.entries(sources)
    .map(([column, source]) => `${source} AS ${column}`)
    .join(', ')

/** SQL for the bin columns of `images`, computed from the columns of `IMAGE_SOURCES`. */
const BINS = BINNED_ATTRIBUTES.map(name => {
  const { bins, number, column } = IMAGE_ATTRIBUTES[name]
  return `${binSql(bins, number)} AS ${column}`
}).join(', ')

/** Returns the statement for one slice of the images. */
type BySlice = (slice: ImageSlice) => string

interface Step {
  readonly name: string
  readonly statements: readonly (string | BySlice)[]
}

/** @param staged Names of the existing tables. */
function flagStep(staged: ReadonlySet<string>): Step {
  const find = staged.has('locator') && !staged.has('duplicates')
  const sources = {
    images: 'stage_images',
    masks: 'stage_masks',
    quality: staged.has('quality'),
    duplicates: find || staged.has('duplicates'),
  }
  return {
    name: 'flags',
    statements: [
      ...(find
        ? [createTableSql('duplicates'), `INSERT INTO duplicates ${duplicatesSql('locator')}`]
        : []),
      `CREATE TABLE flag_bits AS ${flagBitsSql(sources)}`,
      'CREATE TABLE image_flags (image_id UINTEGER, flags UINTEGER)',
      ({ where }) => `INSERT INTO image_flags ${joinBitsSql(`flag_bits WHERE ${where}`)}`,
      'DROP TABLE flag_bits',
    ],
  }
}

const STEPS: readonly Step[] = [
  {
    name: 'label sets',
    statements: [
      // Label sets are grouped by hash, because the label lists of 4.6M images would not fit in memory.
      // Two independent sums of 64-bit hashes give 128 bits. Even if all 4.6M images had different sets, the
      // probability that any two sets share a hash would be below 1e-25.
      `CREATE TABLE image_labels (image_id UINTEGER, n_labels USMALLINT, n_masks USMALLINT, h1 HUGEINT,
        h2 HUGEINT)`,
      ({ where }) => `INSERT INTO image_labels
        SELECT image_id, count(*) FILTER (NOT repeats), count(*),
          sum(hash(label_id)::HUGEINT) FILTER (NOT repeats),
          sum(hash(label_id + 1000003)::HUGEINT) FILTER (NOT repeats)
        FROM (SELECT image_id, label_id, ${repeatsSql(['image_id', 'label_id'])} AS repeats
          FROM stage_masks WHERE ${where}) GROUP BY image_id`,
      // Label sets are numbered by the first image that has them.
      `CREATE TABLE set_ids AS
        SELECT h1, h2, image_id, row_number() OVER ()::UINTEGER AS label_set_id
        FROM (FROM ${withoutRepeated(
          ['h1', 'h2'],
          '(SELECT h1, h2, image_id FROM image_labels ORDER BY h1, h2, image_id)',
        )} ORDER BY image_id)`,
      createTableSql('label_sets'),
      ({ where }) => `INSERT INTO label_sets SELECT label_set_id, label_id
        FROM ${withoutRepeated(
          ['image_id', 'label_id'],
          `(SELECT image_id, label_id FROM stage_masks WHERE ${where})`,
        )}
          JOIN (SELECT image_id, label_set_id FROM set_ids WHERE ${where}) USING (image_id)
        ORDER BY ALL`,
    ],
  },
  {
    name: 'images',
    statements: [
      createTableSql('images'),
      ({ where }) => `INSERT INTO images BY NAME SELECT *, ${BINS} FROM (
        SELECT ${selected(IMAGE_SOURCES)}
        FROM (FROM stage_images WHERE ${where}) i JOIN cases c ON i.case_id = c.case_id
          LEFT JOIN (FROM image_labels WHERE ${where}) l ON i.image_id = l.image_id
          LEFT JOIN set_ids s ON l.h1 = s.h1 AND l.h2 = s.h2
          LEFT JOIN (FROM image_flags WHERE ${where}) f ON i.image_id = f.image_id
        ) ORDER BY image_id`,
      'DROP TABLE image_labels',
      'DROP TABLE set_ids',
      'DROP TABLE image_flags',
      'DROP TABLE stage_images',
    ],
  },
  {
    name: 'masks',
    statements: [
      createTableSql('masks'),
      // Sort again, because a parallel join returns blocks of rows out of order.
      ({ where }) => `INSERT INTO masks BY NAME SELECT ${selected(MASK_SOURCES)}, ${GRAIN}
        FROM (FROM stage_masks WHERE ${where}) m
          LEFT JOIN (FROM images WHERE ${where}) i ON m.image_id = i.image_id
        ORDER BY m.image_id, label_id, instance`,
      createTableSql('mask_boxes'),
      `INSERT INTO mask_boxes SELECT image_id, label_id, instance, x0, y0, x1, y1
        FROM stage_masks WHERE x0 IS NOT NULL`,
      'DROP TABLE stage_masks',
    ],
  },
  {
    name: 'cubes',
    statements: [
      createTableSql('cube_images'),
      // Nearly every image may have a different label set. Each step therefore takes only 1/n of the sets, which
      // is at most about as many sets as a slice has images.
      'CREATE TABLE cells AS FROM cube_images LIMIT 0',
      ({ nth, of }) => `INSERT INTO cells
        SELECT ${GRAIN}, label_set_id, count(*), sum(n_masks), count(bytes), coalesce(sum(bytes), 0)
        FROM images WHERE label_set_id % ${of} = ${nth} GROUP BY ${GRAIN}, label_set_id`,
      `INSERT INTO cube_images FROM cells ORDER BY ${GRAIN}, label_set_id`,
      'DROP TABLE cells',
      createTableSql('cube_labels'),
      `INSERT INTO cube_labels
        SELECT ${GRAIN}, label_id, count(*) FILTER (NOT repeats)::UINTEGER, count(*)::UINTEGER
        FROM (SELECT ${GRAIN}, label_id, ${repeatsSql(['image_id', 'label_id'])} AS repeats FROM masks)
        GROUP BY ${GRAIN}, label_id
        ORDER BY ${GRAIN}, label_id`,
      createTableSql('cube_areas'),
      `INSERT INTO cube_areas
        SELECT ${GRAIN}, label_id, area_bin, count(*)::UINTEGER
        FROM masks WHERE area_bin IS NOT NULL GROUP BY ${GRAIN}, label_id, area_bin
        ORDER BY ${GRAIN}, label_id, area_bin`,
    ],
  },
]
