import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Staging } from '../../lib/store/staging.node.ts'
import { checkNames } from '../../lib/verify/check-names.node.ts'
import { tinyEngine } from '../tiny-staging'

let staging: Staging
beforeAll(async () => {
  staging = await tinyEngine()
})
afterAll(() => staging.dispose())

const problems = async () =>
  (await checkNames(staging.engine, 8)).flatMap(({ problem }) => problem ?? [])

test('sound names lead back to their rows', async () => {
  const done: number[] = []
  const findings = await checkNames(staging.engine, 8, images => done.push(images))
  expect(findings.map(({ problem }) => problem)).toEqual([null, null])
  expect(done).toEqual([8])
})

test.each([
  ["UPDATE images SET case_name = 'a/b' WHERE image_id = 2", 'image 2 (images/ct_00--BTCV--a/b'],
  [
    "UPDATE images SET case_name = '' WHERE image_id = 7",
    'image 7 (images/x_ray--sz_cxr----2d_none',
  ],
  ["UPDATE submodalities SET submodality = 'zz' WHERE submodality_id = 3", 'image 7 (images/zz--'],
  ['UPDATE images SET slice = NULL WHERE image_id = 5', 'image 5 (images/mr_t1--Unheard-of--é--2d'],
  [
    "UPDATE class_ids SET class_id = '1' WHERE label_id = 5",
    'mask of image 3, label 5, instance 0',
  ],
  ['DELETE FROM class_ids WHERE label_id = 5', 'instance 0 (no name)'],
  [
    "UPDATE class_ids SET class_id = '0002' WHERE label_id = 0",
    'mask of image 0, label 0, instance 0 (masks/ct_00--BTCV--img 1--z_0001--0002_000.png)',
  ],
])('%s is found', async (damage, words) => {
  await staging.engine.run('BEGIN')
  try {
    await staging.engine.run(damage)
    expect((await problems()).join('\n')).toContain(words)
  } finally {
    await staging.engine.run('ROLLBACK')
  }
})
