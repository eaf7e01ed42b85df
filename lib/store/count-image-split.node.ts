import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { ImageSplit } from '../manifest/manifest'
import { sql } from '../sql'

/** Probability that an image is drawn for the test split. */
const TEST = 0.2

/** Number of patients who have `images` images each; `unknown` of them come from the rule 'unknown'. */
interface PatientSize {
  readonly images: number
  readonly patients: number
  readonly unknown: number
}

/** Estimate the leakage for manifest.json: a fifth of the images is drawn at random for the test split. */
export async function countImageSplit(engine: NodeEngine): Promise<ImageSplit> {
  return expectedSplit(
    await engine.rows<PatientSize>(
      sql`SELECT n::DOUBLE AS images, count(*)::DOUBLE AS patients,
          count(*) FILTER (rule = 'unknown')::DOUBLE AS unknown
        FROM (SELECT patient_id, sum(n) AS n
            FROM (SELECT case_id, count(*) AS n FROM images GROUP BY case_id)
              JOIN cases USING (case_id) GROUP BY patient_id)
          JOIN patients USING (patient_id)
        GROUP BY n ORDER BY n`,
    ),
  )
}

/**
 * Expected counts, rounded, if each image is drawn independently. A patient with n images has images in both splits
 * with probability 1 - 0.8^n - 0.2^n. For a test image of such a patient, train has another image of the same patient
 * with probability 1 - 0.2^(n-1).
 */
export function expectedSplit(sizes: readonly PatientSize[]): ImageSplit {
  const sum = (of: (size: PatientSize) => number) =>
    Math.round(sizes.reduce((total, size) => total + of(size), 0))
  return {
    patients: sum(({ patients }) => patients),
    unknownPatients: sum(({ unknown }) => unknown),
    splitPatients: sum(
      ({ images, patients }) => patients * (1 - (1 - TEST) ** images - TEST ** images),
    ),
    testImages: sum(({ images, patients }) => patients * images * TEST),
    leakedImages: sum(
      ({ images, patients }) => patients * images * TEST * (1 - TEST ** (images - 1)),
    ),
  }
}
