import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Manifest } from '../manifest/manifest'
import { integer, sql } from '../sql'
import type { OddMasks } from './formats'
import { type LabelCount, labelCountsOf } from './label-counts.node.ts'
import { countOddMasks } from './odd-masks.node.ts'

/** Counts of a subset, and what a download would cost. */
export interface SubsetCost extends OddMasks {
  readonly images: number
  readonly masks: number
  /** Images without a mask in the subset. */
  readonly unmasked: number
  readonly cases: number
  readonly patients: number
  readonly datasets: readonly string[]
  readonly labels: readonly string[]
  /** Images and masks for each of these labels. */
  readonly labelCounts: readonly LabelCount[]
  readonly files: number
  /** PNG bytes of all images; null unless all are known. */
  readonly imageBytes: number | null
  /** PNG bytes of all masks; null unless all are known. */
  readonly maskBytes: number | null
  /** Reading from the archive; null without a locator. */
  readonly archive: {
    /** Bytes of the files alone, and bytes including the gaps between files that are read together. */
    readonly bytes: number
    readonly rangeBytes: number
    readonly ranges: number
    readonly filesFound: number
    readonly unpackedBytes: number
    readonly parts: readonly string[]
    readonly wholeBytes: number
  } | null
}

/** In bytes. Files with a smaller gap are read in the same request. The value must match `planReads`. */
const GAP_BYTES = 64 * 1024

/** Count the contents of `subset_images` and `subset_masks`. */
export async function subsetCost(engine: NodeEngine, manifest: CostOf): Promise<SubsetCost> {
  const hasMaskBytes = manifest.summary?.totals.maskBytes !== undefined
  const [totals] = await engine.rows<{
    images: number
    masks: number
    unmasked: number
    cases: number
    patients: number
    bytes: number | null
    sized: number
  }>(sql`
    SELECT count(*)::DOUBLE AS images, (SELECT count(*) FROM subset_masks)::DOUBLE AS masks,
      (SELECT count(*) FROM subset_images ANTI JOIN subset_masks USING (image_id))::DOUBLE AS unmasked,
      count(DISTINCT case_id)::DOUBLE AS cases, count(DISTINCT patient_id)::DOUBLE AS patients,
      sum(bytes)::DOUBLE AS bytes, count(bytes)::DOUBLE AS sized
    FROM subset_images JOIN images USING (image_id)
      JOIN (SELECT case_id, patient_id FROM cases) USING (case_id)`)
  const { images, masks, unmasked, cases, patients, bytes, sized } = totals as NonNullable<
    typeof totals
  >
  const labelCounts = await labelCountsOf(engine)
  return {
    images,
    masks,
    unmasked,
    cases,
    patients,
    files: images + masks,
    datasets: await datasetsOf(engine),
    labels: labelCounts.map(({ label }) => label),
    labelCounts,
    imageBytes: sized === images ? (bytes ?? 0) : null,
    maskBytes: hasMaskBytes ? await maskBytesOf(engine) : null,
    ...(await countOddMasks(engine, manifest)),
    archive: await archiveCost(engine, manifest),
  }
}

/** The part of a manifest that counting needs. Without a summary, mask sizes are unknown. */
export type CostOf = Pick<Manifest, 'archive' | 'files'> & Partial<Pick<Manifest, 'summary'>>

/** Sum over `subset_masks`. The manifest must know all sizes. */
async function maskBytesOf(engine: NodeEngine): Promise<number> {
  const [row] = await engine.rows<{ bytes: number | null }>(
    sql`SELECT sum(bytes)::DOUBLE AS bytes FROM (SELECT image_id, label_id, instance, bytes FROM masks)
      SEMI JOIN subset_masks USING (image_id, label_id, instance)`,
  )
  return row?.bytes ?? 0
}

export async function imagesOf(engine: NodeEngine): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM subset_images`,
  )
  return row?.n ?? 0
}

/** Images of `subset_images` in train or val; all images if there is no split. */
export async function trainingImagesOf(engine: NodeEngine, hasSplits: boolean): Promise<number> {
  if (!hasSplits) return imagesOf(engine)
  const [row] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM subset_images JOIN subset_splits USING (image_id)
      WHERE split IN ${['train', 'val']}`,
  )
  return row?.n ?? 0
}

/** Names of the datasets of `subset_images`, in order. */
export async function datasetsOf(engine: NodeEngine): Promise<string[]> {
  const rows = await engine.rows<{ dataset: string }>(
    sql`SELECT DISTINCT dataset FROM subset_images JOIN images USING (image_id)
      JOIN datasets USING (dataset_id) ORDER BY dataset`,
  )
  return rows.map(row => row.dataset)
}

/** Modalities of `subset_images`, in order. */
export async function modalitiesOf(engine: NodeEngine): Promise<string[]> {
  const rows = await engine.rows<{ modality: string }>(
    sql`SELECT DISTINCT modality FROM subset_images JOIN images USING (image_id)
      JOIN submodalities USING (submodality_id) ORDER BY modality`,
  )
  return rows.map(row => row.modality)
}

/** Names of the labels of `subset_masks`, in order. */
export async function labelsOf(engine: NodeEngine): Promise<string[]> {
  const rows = await engine.rows<{ label: string }>(
    sql`SELECT DISTINCT label FROM subset_masks JOIN labels USING (label_id) ORDER BY label`,
  )
  return rows.map(row => row.label)
}

async function archiveCost(
  engine: NodeEngine,
  { archive, files }: Pick<Manifest, 'archive' | 'files'>,
) {
  if (!archive || !files.locator) return null
  const [row] = await engine.rows<{
    bytes: number | null
    unpacked: number | null
    found: number
    gaps: number | null
    ranges: number
    parts: string | null
  }>(sql`
    WITH wanted AS (
      SELECT part, "offset"::BIGINT AS start, compressed_bytes AS size, bytes
      FROM locator SEMI JOIN subset_images USING (image_id) WHERE label_id IS NULL
      UNION ALL
      SELECT part, "offset"::BIGINT, compressed_bytes, bytes
      FROM locator SEMI JOIN subset_masks USING (image_id, label_id, instance)),
    followed AS (
      SELECT *, start - lag(start + size) OVER (PARTITION BY part ORDER BY start) AS gap FROM wanted)
    SELECT sum(size)::DOUBLE AS bytes, sum(bytes)::DOUBLE AS unpacked, count(*)::DOUBLE AS found,
      sum(CASE WHEN gap <= ${integer(GAP_BYTES)} THEN gap END)::DOUBLE AS gaps,
      count(*) FILTER (gap IS NULL OR gap > ${integer(GAP_BYTES)})::DOUBLE AS ranges,
      string_agg(DISTINCT part, ',' ORDER BY part) AS parts
    FROM followed`)
  const found = row as NonNullable<typeof row>
  const bytes = found.bytes ?? 0
  const parts = found.parts === null ? [] : found.parts.split(',').map(Number)
  return {
    bytes,
    rangeBytes: bytes + Math.max(found.gaps ?? 0, 0),
    ranges: found.ranges,
    filesFound: found.found,
    unpackedBytes: found.unpacked ?? 0,
    parts: parts.map(part => archive.parts[part]?.name ?? String(part)),
    wholeBytes: archive.parts.reduce((sum, part) => sum + part.bytes, 0),
  }
}
