import type { HttpOptions } from '../archive/http-request'
import { UserError } from '../errors'
import type { ImageStore } from '../images/image-store'
import { openStore } from '../images/open-store.node.ts'
import { openRowEngine } from '../images/row-engine.node.ts'
import { readRowNames } from '../images/row-names'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { BatchSource } from './measure-batch.node.ts'

/** Rows and pictures, opened for measuring; each thread opens its own. */
export interface OpenSource extends BatchSource {
  readonly store: ImageStore
  close(): Promise<void>
}

const TABLES = [
  ...(['datasets', 'submodalities', 'labels', 'class_ids'] as const),
  ...(['images', 'masks', 'mask_boxes'] as const),
]

/**
 * Open the rows and the image store of a manifest.
 *
 * @param place Release folder, or its ZIP (path or URL).
 * @param http How patient reads of an archive over HTTP are.
 * @throws UserError if the store has no files to measure, or as `openStore`.
 */
export async function openSource(
  folder: ManifestFolder,
  place: string,
  http?: HttpOptions,
): Promise<OpenSource> {
  const store = await openStore(folder, place, http)
  if (!store?.readEach) {
    await store?.close()
    throw new UserError(
      `${place}: has no pictures that could be measured; give the release's folder or its ZIP with --images`,
    )
  }
  const { readEach } = store
  try {
    const engine = await openRowEngine(folder, TABLES)
    return {
      store,
      engine,
      readEach,
      names: await readRowNames(engine),
      async close() {
        engine.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
