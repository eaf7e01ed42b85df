import type { EntryLocator } from '../archive/entry'
import { type LocatorColumns, PLACE_SQL } from '../manifest/locator-columns'
import { integer, sql } from '../sql'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { keptRanges } from './kept-ranges'
import { openRowEngine } from './row-engine.node.ts'

/** Finds the locators of an image's pictures in the archive. */
export interface LocatorRows {
  /** Undefined for a picture that the archive does not have. */
  find(
    imageId: number,
    mask: { readonly labelId: number; readonly instance: number } | null,
  ): Promise<EntryLocator | undefined>
  close(): void
}

const keyOf = (labelId: number | null, instance: number | null) => `${labelId} ${instance}`

/** Open the table `locator` of a manifest that has it. */
export async function openLocatorRows(folder: ManifestFolder): Promise<LocatorRows> {
  const engine = await openRowEngine(folder, ['locator'])
  const placesOf = keptRanges(async (start, end) => {
    const rows = await engine.rows<LocatorColumns>(
      sql`SELECT image_id, label_id, instance, ${{ text: PLACE_SQL, params: [] }}
        FROM locator WHERE image_id BETWEEN ${integer(start)} AND ${integer(end - 1)}`,
    )
    const places = new Map<number, Map<string, EntryLocator>>()
    for (const { image_id, label_id, instance, compressed_bytes, ...place } of rows) {
      const ofImage = places.get(image_id) ?? new Map<string, EntryLocator>()
      ofImage.set(keyOf(label_id, instance), { ...place, compressedBytes: compressed_bytes })
      places.set(image_id, ofImage)
    }
    return places
  })
  return {
    async find(imageId, mask) {
      const places = await placesOf(imageId)
      return places?.get(keyOf(mask?.labelId ?? null, mask?.instance ?? null))
    },
    close: () => engine.close(),
  }
}
