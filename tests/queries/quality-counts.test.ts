import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFilter } from '../../lib/filter/query-string'
import { resolveFilter } from '../../lib/filter/selection'
import { createTableSql } from '../../lib/manifest/tables'
import { readDimensions } from '../../lib/queries/dimensions'
import { qualityCounts } from '../../lib/queries/quality-counts'
import type { Staging } from '../../lib/store/staging.node.ts'
import { tinyEngine } from '../tiny-staging'

let staging: Staging
beforeAll(async () => {
  staging = await tinyEngine()
  await staging.engine.run(`${createTableSql('quality')};
    INSERT INTO quality VALUES (0, NULL, NULL, 'constant', NULL), (0, 0, 0, 'empty', NULL),
      (0, 0, 1, 'wrong_size', 'x'), (0, 3, 0, 'empty', NULL), (1, 3, 0, 'full_frame', NULL),
      (3, NULL, NULL, 'binary_looking', NULL), (5, NULL, NULL, 'missing', NULL),
      (5, 2, 0, 'missing', NULL), (7, 1, 1, 'inverted_looking', 'x')`)
})
afterAll(() => staging.dispose())

async function flags(where: string) {
  const dimensions = await readDimensions(staging.engine)
  const selection = resolveFilter(parseFilter(where).filter, dimensions)
  const counts = await qualityCounts(staging.engine, selection)
  return counts.map(({ of, flag, n }) => `${of} ${flag} ${n}`)
}

test.each([
  [
    '',
    ['image binary_looking 1', 'image constant 1', 'image missing 1'].concat(
      ['mask empty 2', 'mask full_frame 1', 'mask inverted_looking 1', 'mask missing 1'],
      ['mask wrong_size 1'],
    ),
  ],
  // Flags of an image count if it is selected, those of a mask only if it is itself.
  ['label=kidney', ['image constant 1', 'mask empty 1', 'mask wrong_size 1']],
  ['label=kidney&area=..0.002', ['image constant 1', 'mask empty 1']],
  [
    'organ.all=Kidney,Liver&dataset=BTCV',
    ['image constant 1', 'mask empty 2', 'mask wrong_size 1'],
  ],
  ['width=3000..', ['mask inverted_looking 1']],
  ['dataset=!BTCV&axis=y', ['image missing 1', 'mask missing 1']],
  ['modality=MR&submodality=mr_t2', []],
])('under "%s"', async (where, expected) => {
  expect(await flags(where)).toEqual(expected)
})
