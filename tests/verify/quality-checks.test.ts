import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTableSql } from '../../lib/manifest/tables'
import type { Staging } from '../../lib/store/staging.node.ts'
import { OPTIONAL_CHECKS, PIXEL_CHECKS } from '../../lib/verify/optional-checks'
import { tinyEngine } from '../tiny-staging'

let staging: Staging
beforeAll(async () => {
  staging = await tinyEngine()
  // What the rows of the tiny release amount to: two images without a size, a mask without an area.
  await staging.engine.run(`${createTableSql('quality')};
    INSERT INTO quality VALUES (5, NULL, NULL, 'missing', NULL), (5, 2, 0, 'unreadable', 'x'),
      (6, NULL, NULL, 'missing', NULL)`)
})
afterAll(() => staging.dispose())

async function broken(): Promise<string[]> {
  const rules: string[] = []
  for (const { rule, offenders } of [...(OPTIONAL_CHECKS.quality ?? []), ...PIXEL_CHECKS]) {
    const text = `SELECT n::DOUBLE AS n FROM (${offenders})`
    const [row] = await staging.engine.rows<{ n: number }>({ text, params: [] })
    if (row?.n !== 0) rules.push(rule)
  }
  return rules
}

test('sound flags keep every rule', async () => {
  expect(await broken()).toEqual([])
})

test.each([
  [
    "INSERT INTO quality VALUES (99, NULL, NULL, 'constant', NULL)",
    'belongs to an image or a mask',
  ],
  ["INSERT INTO quality VALUES (7, 9, 0, 'empty', NULL)", 'belongs to an image or a mask'],
  ["INSERT INTO quality VALUES (0, NULL, NULL, 'constant', NULL)", 'is sorted by'],
  ["INSERT INTO quality VALUES (6, NULL, NULL, 'missing', NULL)", 'is sorted by'],
  ["UPDATE quality SET flag = 'empty' WHERE image_id = 6", 'only known flags'],
  ["UPDATE quality SET flag = 'constant' WHERE label_id = 2", 'only known flags'],
  ['DELETE FROM quality WHERE image_id = 6', 'every image has a size unless'],
  ['UPDATE images SET width = 9, height = 9 WHERE image_id = 6', 'every image has a size unless'],
  ['DELETE FROM quality WHERE label_id = 2', 'every mask has an area unless'],
  ['UPDATE masks SET area = NULL WHERE image_id = 7', 'every mask has an area unless'],
  ['DELETE FROM mask_boxes WHERE image_id = 7', 'a box exactly if'],
  ['UPDATE masks SET area = 0 WHERE image_id = 7', 'are flagged as empty'],
  ['UPDATE masks SET area = 6000000 WHERE image_id = 7', 'those that cover their image'],
  ["INSERT INTO quality VALUES (7, 1, 1, 'full_frame', NULL)", 'those that cover their image'],
])('%s is found', async (damage, rule) => {
  await staging.engine.run('BEGIN')
  try {
    await staging.engine.run(damage)
    expect((await broken()).join('\n')).toContain(rule)
  } finally {
    await staging.engine.run('ROLLBACK')
  }
})
