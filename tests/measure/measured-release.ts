import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { addLocator } from '../../lib/locator/add-locator.node.ts'
import { sql } from '../../lib/sql'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { makeRelease, type ReleaseSpec, type TemporaryRelease } from '../fixtures/release'
import { makeZip, writeParts, type ZipEntry } from '../fixtures/zip-writer'

export type Files = Readonly<Record<string, Uint8Array>>

/** A release with the given files, and its manifest; gone after the test. */
export async function releaseWith(spec: ReleaseSpec, files: Files): Promise<TemporaryRelease> {
  const release = await makeRelease(spec)
  onTestFinished(() => release.remove())
  for (const folder of ['images', 'masks']) await mkdir(join(release.dir, folder))
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(release.dir, path)), { recursive: true })
    await writeFile(join(release.dir, path), bytes)
  }
  await ingestRelease(release.indexPath, { out: release.out })
  return release
}

/** The same files as a split ZIP, and the manifest's locator of it. */
export async function archiveOf(
  { out }: TemporaryRelease,
  files: Files,
  method: (path: string) => Partial<ZipEntry> = () => ({}),
  partBytes = 1500,
): Promise<string> {
  const entries = Object.entries(files).map(([name, data]) => ({
    name: `SAMed2Dv1/${name}`,
    data,
    ...method(name),
  }))
  const parts = makeZip(entries, { partBytes: [partBytes] })
  const location = await writeParts(join(out, '..'), 'SA-Med2D', parts)
  const archive = await openArchive(location)
  await addLocator(await readManifest(out), archive)
  await archive.close()
  return location
}

export interface Tables {
  readonly images: { image_id: number; width: number | null; height: number | null }[]
  /** With `box` as [x0, y0, x1, y1]. */
  readonly masks: { mask: string; area: number | null; box: number[] | null }[]
  /** "IMAGE flag" or "IMAGE LABEL INSTANCE flag". */
  readonly quality: string[]
}

/** What a measured manifest says. Masks are named by "IMAGE LABEL INSTANCE". */
export async function tablesOf(out: string): Promise<Tables> {
  const { engine, manifest } = await openManifest(out)
  try {
    const masks = await engine.rows<Record<'mask' | 'area' | 'x0' | 'y0' | 'x1' | 'y1', never>>(
      sql`SELECT concat_ws(' ', image_id, label, instance) AS mask, area, x0, y0, x1, y1
        FROM masks LEFT JOIN mask_boxes USING (image_id, label_id, instance)
          JOIN labels USING (label_id) ORDER BY image_id, label_id, instance`,
    )
    const quality = await engine.rows<{ text: string }>(
      manifest.files.quality
        ? sql`SELECT concat_ws(' ', image_id, label, instance, flag, detail) AS text
            FROM quality LEFT JOIN labels USING (label_id)
            ORDER BY image_id, label_id NULLS FIRST, instance, flag`
        : sql`SELECT '' AS text WHERE false`,
    )
    return {
      images: await engine.rows(
        sql`SELECT image_id, width, height, bytes FROM images ORDER BY image_id`,
      ),
      masks: masks.map(({ mask, area, x0, y0, x1, y1 }) => ({
        mask,
        area,
        box: x0 === null ? null : [x0, y0, x1, y1],
      })),
      quality: quality.map(({ text }) => text),
    }
  } finally {
    engine.close()
  }
}
