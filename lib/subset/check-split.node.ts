import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { UserError } from '../errors'
import { IMAGE_NAME_SQL } from '../release/name-sql'
import { groupBy } from '../split/group-by'
import { OVERLAP_PAIRS } from '../split/overlap-pairs'
import { sql } from '../sql'
import type { OpenManifest } from '../store/open-manifest.node.ts'
import { equalPictures, equalReport } from './equal-pictures.node.ts'
import { fillCaseMembers } from './members.node.ts'
import type { PublishedImage } from './published-split'
import { SPLIT_NAMES, type SplitName } from './recipe'
import { PUBLISHED, type SplitReport } from './split-report'
import { splitReport } from './split-report.node.ts'
import { tablesOfNames } from './tables-of-names.node.ts'

/** The report on a split that was made elsewhere. */
export interface CheckedSplit {
  readonly report: SplitReport
  /** Images whose names do not follow the release's naming, or that the manifest lacks. */
  readonly unknown: number
  /** An example of an unknown image. */
  readonly firstUnknown: string | null
  /** Images of the report. An image in several splits counts once. */
  readonly images: number
  /** Images in several splits, including unknown images. */
  readonly repeated: number
  /** An example with the splits of the image; null if no image is in several splits. */
  readonly firstRepeated: { readonly image: string; readonly splits: readonly SplitName[] } | null
}

/**
 * Report on a published split in the same way as on a split of this tool.
 *
 * @param published Each image at most once per split.
 * @param opened The manifest that has the images. Null to use only their names, without labels and equal pictures.
 * @throws UserError if no image is known.
 */
export async function checkSplit(
  published: readonly PublishedImage[],
  opened: Pick<OpenManifest, 'engine' | 'manifest'> | null,
): Promise<CheckedSplit> {
  const engine = opened?.engine ?? (await openNodeEngine())
  try {
    await writeListed(engine, published)
    if (!opened)
      await tablesOfNames(
        engine,
        published.map(({ stem }) => stem),
      )
    await fillSubset(engine)
    const [unknown] = await engine.rows<{ n: number; first: string | null }>(
      sql`SELECT count(DISTINCT stem)::DOUBLE AS n, min(stem) AS first FROM listed_images
        ANTI JOIN found_images USING (stem)`,
    )
    const [known] = await engine.rows<{ n: number }>(
      sql`SELECT count(DISTINCT image_id)::DOUBLE AS n FROM subset_splits`,
    )
    if (!known?.n)
      throw new UserError(
        `${published.length === 1 ? 'The image is' : `The ${published.length} images are`} not known, such as ${unknown?.first ?? ''}; give names as in the release, and the manifest that has them`,
      )
    await fillCaseMembers(engine, 'patient')
    const hasDuplicates = opened !== null && 'duplicates' in opened.manifest.files
    const pictures = hasDuplicates ? await equalPictures(engine) : null
    const how = {
      algorithm: PUBLISHED,
      by: 'patient' as const,
      overlap: null,
      blocks: [],
      equalPictures: pictures && equalReport(pictures),
      excluded: [],
      shares: null,
      wanted: SPLIT_NAMES.filter(name => published.some(({ split }) => split === name)),
      notes: [],
    }
    // An image in several splits counts in each of them, so nothing is left out.
    const [all] = await engine.rows<{ n: number }>(
      sql`SELECT count(*)::DOUBLE AS n FROM subset_splits`,
    )
    return {
      report: await splitReport(engine, how, all?.n ?? 0, [], OVERLAP_PAIRS, hasDuplicates),
      unknown: unknown?.n ?? 0,
      firstUnknown: unknown?.first ?? null,
      images: known.n,
      ...repeatedIn(published),
    }
  } finally {
    if (!opened) engine.close()
  }
}

/** Images in several splits, with the first by name as an example. */
function repeatedIn(
  published: readonly PublishedImage[],
): Pick<CheckedSplit, 'repeated' | 'firstRepeated'> {
  const repeated = [...groupBy(published, ({ stem }) => stem)]
    .filter(([, found]) => found.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const [first] = repeated
  if (!first) return { repeated: 0, firstRepeated: null }
  const [image, found] = first
  const splits = SPLIT_NAMES.filter(name => found.some(({ split }) => split === name))
  return { repeated: repeated.length, firstRepeated: { image, splits } }
}

async function writeListed(engine: NodeEngine, published: readonly PublishedImage[]) {
  await engine.run('CREATE OR REPLACE TABLE listed_images (stem VARCHAR, split VARCHAR)')
  const types = ['VARCHAR', 'VARCHAR'] as const
  const writer = await TableWriter.open(engine.connection, 'listed_images', types)
  for (const { stem, split } of published) writer.append(stem, split)
  writer.close()
}

/** Fill the tables of the subset and of its splits with the listed images. */
async function fillSubset(engine: NodeEngine): Promise<void> {
  await engine.run(`CREATE OR REPLACE TABLE found_images AS
    SELECT image_id, stem FROM (
      SELECT image_id, ${IMAGE_NAME_SQL}[8:-5] AS stem
      FROM images JOIN datasets USING (dataset_id) JOIN submodalities USING (submodality_id)
        JOIN axes USING (axis_id))
    SEMI JOIN listed_images USING (stem)`)
  await engine.run(
    `CREATE OR REPLACE TABLE subset_images AS SELECT DISTINCT image_id FROM found_images`,
  )
  await engine.run(`CREATE OR REPLACE TABLE subset_splits AS
    SELECT DISTINCT image_id, split, NULL::INTEGER AS fold
    FROM found_images JOIN listed_images USING (stem)`)
  await engine.run(`CREATE OR REPLACE TABLE subset_masks AS
    SELECT image_id, label_id FROM masks SEMI JOIN subset_images USING (image_id)`)
}
