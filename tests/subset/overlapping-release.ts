import { noise } from '../fixtures/noise'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { type FetchRelease, fetchRelease } from './fetch/fetch-release'

const DATASETS = ['KiTS', 'KiTS2021', 'VerSe19', 'VerSe20', 'BTCV', 'ACDC']

/** Cases of the same names in six datasets, four of them in two families; 2 to 5 images each. */
export const SPEC = {
  classMap: Object.fromEntries(
    DATASETS.map(name => [name, { liver: '0001', kidney: '0002', spleen: '0003' }]),
  ),
  index: DATASETS.flatMap((dataset, d) =>
    Array.from({ length: 7 }, (_, c) =>
      Array.from({ length: 2 + ((c * 5 + d) % 4) }, (_, slice) =>
        listed(
          `${['ct_00', 'mr_t1', 'pet_00'][(d + (slice & 1)) % 3]}--${dataset}--case_${c}--z_000${slice}`,
          ...['0001_000', '0002_000', '0003_000'].filter((_, k) => (c + slice) % (k + 2) === 0),
        ),
      ),
    ).flat(),
  ),
} satisfies ReleaseSpec

const pathOf = (dataset: string, caseName: string, slice: number) =>
  SPEC.index
    .map(([path]) => path)
    .find(path => path.endsWith(`--${dataset}--${caseName}--z_000${slice}.png`)) as string

/** Images of the same bytes: within a case, of two cases, of two datasets, and in a chain of cases. */
export const EQUAL = [
  [pathOf('BTCV', 'case_0', 0), pathOf('BTCV', 'case_0', 1)],
  [pathOf('BTCV', 'case_1', 0), pathOf('BTCV', 'case_4', 1)],
  [pathOf('BTCV', 'case_4', 0), pathOf('BTCV', 'case_6', 0), pathOf('ACDC', 'case_3', 1)],
  [pathOf('ACDC', 'case_5', 0), pathOf('ACDC', 'case_2', 0)],
  [pathOf('KiTS', 'case_2', 0), pathOf('BTCV', 'case_2', 1)],
  [pathOf('VerSe19', 'case_1', 0), pathOf('VerSe20', 'case_1', 1)],
  [pathOf('VerSe20', 'case_5', 1), pathOf('VerSe20', 'case_6', 1)],
]

/** The release as a ZIP and its manifest. */
export async function overlappingRelease(): Promise<FetchRelease> {
  const pictures = new Map(SPEC.index.map(([path], i) => [path, noise(60 + i, i)]))
  for (const [first, ...others] of EQUAL)
    for (const other of others) pictures.set(other, pictures.get(first as string) as Buffer)
  return fetchRelease(SPEC, pictures)
}
