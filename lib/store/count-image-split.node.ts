import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { ImageSplit } from '../manifest/manifest'
import { sql } from '../sql'

/** Chance of an image to be drawn for the test. */
const TEST = 0.2

/** How many patients have so many images. */
interface PatientSize {
  readonly images: number
  readonly patients: number
  readonly unknown: number
}

/** What drawing a fifth of the images does to the patients of `images` and `cases`, as manifest.json has it. */
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
 * Expected numbers, rounded, where images are drawn independently. A patient with n images has images in
 * both parts with probability 1 - 0.8^n - 0.2^n; a test image has another one of its patient in train
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
