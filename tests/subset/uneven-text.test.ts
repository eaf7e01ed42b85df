import { expect, test } from 'vitest'
import type { SplitName } from '../../lib/subset/recipe'
import type { Block, SplitPart } from '../../lib/subset/split-report'
import { unevenTexts } from '../../lib/subset/uneven-text'

const part = (split: SplitName, patients: number): SplitPart => ({
  split,
  images: patients,
  patients,
  cases: patients,
  datasets: 1,
  labels: 0,
  asked: null,
  imagesPerPatient: null,
})

const SPLITS = [part('train', 100), part('val', 100), part('test', 100)]
const REPORT = { splits: SPLITS, datasets: [], labels: [], sharedPatients: 0, blocks: [] }
const BLOCK: Block = {
  datasets: ['A', 'B'],
  patients: 100,
  images: 900,
  share: 0.5,
  pairs: [['A', 'B']],
  isChain: false,
}
/** All medians are 1. */
const SIZES = new Map([
  [
    'train' as const,
    [
      { images: 1, patients: 60 },
      { images: 21, patients: 40 },
    ],
  ],
  ['val' as const, [{ images: 1, patients: 100 }]],
  ['test' as const, [{ images: 1, patients: 100 }]],
])

test('sizes that differ are said by their mean and mean rank, from train to test', () => {
  const texts = unevenTexts(REPORT, SIZES)
  expect(texts).toHaveLength(1)
  expect(texts[0]).toContain('are 9 (63%) in train, 1 (43%) in val and 1 (43%) in test.')
})

test('where datasets are kept in one split, the warning offers to let go of them', () => {
  const rows = [{ name: 'A', patients: [100, 0, 0], images: [900, 0, 0] }]
  const texts = unevenTexts({ ...REPORT, datasets: rows, blocks: [BLOCK] }, new Map())
  expect(texts[0]).toContain('less evenly than chance does: A (100, 0, 0 patients)')
  expect(texts[1]).toContain('--overlap warn')
  expect(unevenTexts({ ...REPORT, blocks: [BLOCK] }, new Map())).toEqual([])
})
