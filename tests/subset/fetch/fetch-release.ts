import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../../cli/main'
import { ingestRelease } from '../../../lib/ingest/ingest.node.ts'
import { fakeEffects } from '../../cli/fake-effects'
import { noise } from '../../fixtures/noise'
import { indexText, listed, type ReleaseSpec } from '../../fixtures/release'
import { makeZip, writeParts, type ZipEntry } from '../../fixtures/zip-writer'

/** A release in a split archive, and its manifest. */
export interface FetchRelease {
  readonly paths: readonly string[]
  contentOf(path: string): Buffer
  /** Path of its `.zip`. */
  readonly zip: string
  /** What a server has: path → content; the archive is `/a.zip`. */
  readonly files: Readonly<Record<string, Buffer>>
  readonly manifest: string
  remove(): Promise<void>
}

/** Two datasets whose files are large enough to be cut. */
export const FETCH_SPEC: ReleaseSpec = {
  classMap: { BTCV: { liver: '0001', spleen: '0002' }, ACDC: { heart: '0001' } },
  index: [
    ...Array.from({ length: 40 }, (_, i) =>
      listed(
        `ct_00--BTCV--case_${i >> 2}--z_${String(i & 3).padStart(4, '0')}`,
        '0001_000',
        '0002_000',
      ),
    ),
    ...Array.from({ length: 20 }, (_, i) => listed(`mr_00--ACDC--p_${i}--x_0001`, '0001_000')),
  ],
}

/**
 * Images first, then masks, as an archive has its folders.
 *
 * @param pictures Path → PNG; noise in the place of each without it.
 */
export async function fetchRelease(
  spec: ReleaseSpec = FETCH_SPEC,
  pictures?: ReadonlyMap<string, Buffer>,
): Promise<FetchRelease> {
  const paths = spec.index.flatMap(([image, masks]) => [image, ...(masks as string[])])
  const contentOf = (path: string) =>
    pictures?.get(path) ?? noise(3000 + (path.length % 7) * 100, paths.indexOf(path))
  const parts = makeZip(
    [
      ...paths.map((path): ZipEntry => ({ name: `SAMed2Dv1/${path}`, data: contentOf(path) })),
      { name: 'SAMed2Dv1/SAMed2D_v1.json', data: Buffer.from(indexText(spec.index)) },
      {
        name: 'SAMed2Dv1/SAMed2D_v1_class_mapping_id.json',
        data: Buffer.from(JSON.stringify(spec.classMap)),
      },
    ],
    { partBytes: [pictures ? 9_000 : 90_000] },
  )
  const files = Object.fromEntries(
    parts.map((bytes, i) => [
      i === parts.length - 1 ? '/a.zip' : `/a.z${String(i + 1).padStart(2, '0')}`,
      bytes,
    ]),
  )
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-fetch-'))
  const zip = await writeParts(dir, 'a', parts)
  const manifest = join(dir, 'manifest')
  await ingestRelease(zip, { out: manifest })
  return { paths, contentOf, zip, files, manifest, remove: () => rm(dir, { recursive: true }) }
}

/** `samed2d fetch` within this process. */
export async function runFetch(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(['fetch', ...args], effects)
  return { code, output: effects.output(), lines: effects.lines.join('\n') }
}
