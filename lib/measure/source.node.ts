import type { HttpOptions } from '../archive/http-request'
import { UserError } from '../errors'
import { assertMasksFolder } from '../images/folder-roots.node.ts'
import type { ImageStore } from '../images/image-store'
import { openStore } from '../images/open-store.node.ts'
import { openRowEngine } from '../images/row-engine.node.ts'
import { readRowNames } from '../images/row-names'
import type { BatchSource } from './measure-batch.node.ts'
import type { Job } from './messages'

/** Rows and pictures, opened for measuring. Each thread opens a separate source. */
export interface OpenSource extends BatchSource {
  readonly store: ImageStore
  close(): Promise<void>
}

/** A retry also needs `quality`, from which `retriedSql` selects pictures. */
const tables = (retry: boolean) => [...TABLES, ...(retry ? (['quality'] as const) : [])]

const TABLES = [
  ...(['datasets', 'submodalities', 'labels', 'class_ids'] as const),
  ...(['images', 'masks', 'mask_boxes'] as const),
]

/**
 * Open the rows and the image store of a manifest.
 *
 * @param http Timeouts and retries for an archive over HTTP.
 * @throws UserError if the store has no files to measure, or as `assertMasksFolder` or `openStore`.
 */
export async function openSource(
  { folder, place, allowRoots, retry }: Pick<Job, 'folder' | 'place' | 'allowRoots' | 'retry'>,
  http?: HttpOptions,
): Promise<OpenSource> {
  const store = await openStore(folder, place, { allowRoots, ...(http && { http }) })
  if (!store?.readEach) {
    await store?.close()
    throw new UserError(
      `${place}: has no pictures that could be measured; give the release's folder or its ZIP with --images`,
    )
  }
  const { readEach, open } = store
  try {
    if (store.kind === 'directory') await assertMasksFolder(place)
    const engine = await openRowEngine(folder, tables(retry))
    return {
      store,
      engine,
      readEach,
      open,
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
