import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { WorkQueue } from '../../lib/async/work-queue'
import type { FileAnswer } from '../../lib/http/file-answer.node.ts'
import { type ImageRows, openImageRows } from '../../lib/images/image-rows.node.ts'
import type { ImageStore } from '../../lib/images/image-store'
import { openStore } from '../../lib/images/open-store.node.ts'
import { answerPictures } from '../../lib/images/serve/answer-pictures.node.ts'
import { DiskCache } from '../../lib/images/serve/disk-cache.node.ts'
import { PictureService } from '../../lib/images/serve/picture-service.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { type ManifestFolder, readManifest } from '../../lib/store/read-manifest.node.ts'
import { listed, makeRelease, type ReleaseSpec, type TemporaryRelease } from '../fixtures/release'

/** Three images of one case: image 0 has masks liver, spleen 0 and spleen 1; 1 has liver; 2 none. */
export const PICTURES: ReleaseSpec = {
  index: [
    listed('ct_00--BTCV--img1--z_0001', '0001_000', '0002_000', '0002_001'),
    listed('ct_00--BTCV--img1--z_0002', '0001_000'),
    listed('ct_00--BTCV--img1--z_0003'),
  ],
  classMap: { BTCV: { liver: '0001', spleen: '0002', aorta: '0003' } },
}

export const IMAGE = 'images/ct_00--BTCV--img1--z_0001.png'
export const LIVER = 'masks/ct_00--BTCV--img1--z_0001--0001_000.png'
export const SPLEEN = 'masks/ct_00--BTCV--img1--z_0001--0002_000.png'
export const SPLEEN_1 = 'masks/ct_00--BTCV--img1--z_0001--0002_001.png'

export interface Pictures {
  readonly release: TemporaryRelease
  readonly rows: ImageRows
  readonly service: PictureService
  /** An answer to a path below `/api/images/`, as the route gives it. */
  get(url: string, headers?: Record<string, string>, signal?: AbortSignal): Promise<FileAnswer>
}

export interface PicturesOptions {
  readonly spec?: ReleaseSpec
  /** Value of `--images`; default: the release's folder. */
  readonly images?: string
  readonly cache?: (dir: string) => Promise<DiskCache | null>
  readonly queue?: WorkQueue
  /** Stands between the service and the store. */
  readonly wrap?: (store: ImageStore) => ImageStore
}

/** Rows do not depend on the files, so all tests of a file share them. */
const described = new Map<ReleaseSpec, Promise<{ folder: ManifestFolder; rows: ImageRows }>>()
const leftovers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const clean of leftovers) await clean()
})

async function describeRelease(spec: ReleaseSpec) {
  const release = await makeRelease(spec)
  leftovers.push(release.remove)
  await ingestRelease(release.indexPath, { out: release.out })
  const folder = await readManifest(release.out)
  const rows = await openImageRows(folder)
  leftovers.push(async () => rows.close())
  return { folder, rows }
}

/** A release with the given files, its manifest, and the pictures of both; gone after the test. */
export async function pictures(
  files: Readonly<Record<string, Uint8Array>>,
  { spec = PICTURES, images, cache, queue, wrap = store => store }: PicturesOptions = {},
): Promise<Pictures> {
  const release = await makeRelease(spec)
  onTestFinished(() => release.remove())
  await mkdir(join(release.dir, 'images'))
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(release.dir, path)), { recursive: true })
    await writeFile(join(release.dir, path), bytes)
  }
  const shared = described.get(spec) ?? describeRelease(spec)
  described.set(spec, shared)
  const { folder, rows } = await shared
  const store = await openStore(folder, images ?? release.dir)
  const service = new PictureService({
    folder,
    rows,
    store: store && wrap(store),
    cache: cache ? await cache(join(release.out, '..', 'cache')) : null,
    queue: queue ?? new WorkQueue(2, 100),
  })
  return {
    release,
    rows,
    service,
    get(url, headers = {}, signal = new AbortController().signal) {
      const { pathname, searchParams } = new URL(url, 'http://localhost/')
      return answerPictures(service, {
        path: pathname.slice(1).split('/').map(decodeURIComponent),
        query: queryOf(searchParams),
        headers: new Headers({ accept: 'image/png', ...headers }),
        signal,
      })
    },
  }
}

/** As Next hands a query over: a list where a name is repeated. */
const queryOf = (parameters: URLSearchParams) =>
  Object.fromEntries(
    [...new Set(parameters.keys())].map(name => {
      const values = parameters.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )

export const openCache = (dir: string): Promise<DiskCache> => DiskCache.open(dir, 1e6)
