import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { main } from '../../cli/main'
import { temporaryFolder } from '../archive/temporary-archive'
import { fakeEffects } from '../cli/fake-effects'

/** Exit code and lines of a command; none of these gets as far as its files. */
async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(args, effects)
  return [code, effects.lines.join('\n')]
}

const SUBSET = ['subset', '--manifest', 'm']
const FETCH = ['fetch', '--archive', 'a.zip', '--out', 'x']

test.each([
  [
    [...SUBSET, '--images', 'release', '--format', 'csv', '--out', 'x.csv'],
    '--images release: only --format coco reads pictures; leave out --images, or choose --format coco',
  ],
  [
    [...SUBSET, '--images', 'release'],
    '--images release: only --format coco reads pictures; leave out --images, or choose --format coco',
  ],
  [
    [...SUBSET, '--subset', 'x', '--by', 'image'],
    '--subset already defines the subset; leave out --by',
  ],
  [
    [...SUBSET, '--subset', 'x', '--name', 'y'],
    '--subset already defines the subset; leave out --name',
  ],
  [
    [...SUBSET, '--overlap', 'warn'],
    '--overlap needs a split; add --split, or leave out --overlap',
  ],
  [
    [...SUBSET, '--every', '1'],
    '--every 1: write one slice in how many, a whole number from 2, such as 4',
  ],
  [
    [...SUBSET, '--at-least', 'shoe'],
    '--at-least shoe: write a key and a number of images, such as label:500; keys are all, modality, dataset, case, patient, organ and label',
  ],
  [
    [...SUBSET, '--sample', 'label:5', '--at-least', 'label:5'],
    '--sample and --at-least exclude each other; leave one out',
  ],
  [
    [...FETCH, '--shard-bytes', '1G'],
    '--shard-bytes: only --layout tar has shards; leave out --shard-bytes, or choose --layout tar',
  ],
  [
    [...FETCH, '--layout', 'zip', '--out', 'x.zip', '--shard-samples', '9'],
    '--shard-samples: only --layout tar has shards; leave out --shard-samples, or choose --layout tar',
  ],
])('an option that would do nothing is refused: %j', async (args, message) => {
  expect(await run(...args)).toEqual([2, `samed2d: ${message}`])
})

test('SAMED2D_IMAGES, which other commands use, is no such option', async () => {
  vi.stubEnv('SAMED2D_IMAGES', '/not/there')
  onTestFinished(() => void vi.unstubAllEnvs())
  const args = ['subset', '--manifest', 'manifests/test', '--where', 'modality=PET']
  const out = join(await temporaryFolder(), 'x.csv')
  expect(await run(...args, '--format', 'csv', '--out', out)).toEqual([0, expect.anything()])
  expect(await run(...args)).toEqual([0, ''])
})
