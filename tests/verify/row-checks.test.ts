import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Staging } from '../../lib/store/staging.node.ts'
import { ROW_CHECKS } from '../../lib/verify/row-checks'
import { TABLE_CHECKS } from '../../lib/verify/table-checks'
import { tinyEngine } from '../tiny-staging'

let staging: Staging
beforeAll(async () => {
  staging = await tinyEngine()
})
afterAll(() => staging.dispose())

const offenders = async () => {
  const broken: string[] = []
  for (const { rule, offenders: query } of [...TABLE_CHECKS, ...ROW_CHECKS]) {
    const text = `SELECT n::DOUBLE AS n FROM (${query})`
    const [row] = await staging.engine.rows<{ n: number }>({ text, params: [] })
    if (row?.n !== 0) broken.push(rule)
  }
  return broken
}

test('sound rows keep every rule', async () => {
  expect(await offenders()).toEqual([])
})

test.each([
  ['UPDATE datasets SET dataset_id = 9 WHERE dataset_id = 3', 'dataset_id of datasets counts up'],
  ['UPDATE images SET submodality_id = 9 WHERE image_id = 7', 'submodality_id of images is in'],
  ['UPDATE images SET axis_id = 9 WHERE image_id = 7', 'axis_id of images is in axes'],
  ['UPDATE masks SET label_id = 99 WHERE image_id = 7', 'label_id of masks is in labels'],
  ['UPDATE class_ids SET label_id = 99 WHERE label_id = 0', 'label_id of class_ids is in'],
  ["UPDATE images SET case_name = 'x' WHERE image_id = 0", 'dataset and name of its case'],
  ['UPDATE images SET slice = 9 WHERE image_id = 0', 'order of modality'],
  ['UPDATE images SET slice = 2 WHERE image_id = 0', 'no two images have the same name'],
  ['UPDATE masks SET axis_id = 0 WHERE image_id = 0', 'repeats its facets'],
  ['UPDATE masks SET image_id = 999 WHERE image_id = 7', 'every mask has its image'],
  ['UPDATE masks SET instance = 0 WHERE instance = 1', 'no two have the same name'],
  ['UPDATE cases SET dataset_id = 9 WHERE case_id = 4', 'dataset_id of cases is in datasets'],
  ['UPDATE cases SET patient_id = 99 WHERE case_id = 4', 'patient_id of cases is in patients'],
  ['UPDATE cases SET patient_id = 0 WHERE case_id = 1', 'every patient a case'],
  ['UPDATE cases SET patient_id = 3 WHERE case_id = 4', 'a patient of its dataset'],
  ['UPDATE patients SET patient_id = 9 WHERE patient_id = 4', 'patient_id of patients counts up'],
  ["UPDATE patients SET patient = 'z' WHERE patient_id = 0", 'patients are in the order'],
  ["UPDATE patients SET rule = 'guess' WHERE patient_id = 4", 'the rule of a patient'],
  ["UPDATE patients SET patient = 'x' WHERE patient_id = 4", 'have the name of their case'],
  ['UPDATE label_sets SET label_id = 99 WHERE label_id = 6', 'label_id of label_sets is in labels'],
  ['UPDATE cube_areas SET label_id = 99 WHERE label_id = 5', 'label_id of cube_areas is in labels'],
  ['UPDATE class_ids SET label_id = 3 WHERE label_id = 0', 'has one class id'],
  ["UPDATE class_ids SET class_id = '0001' WHERE label_id = 3", 'a class id one label'],
  ['INSERT INTO mask_boxes SELECT * FROM mask_boxes LIMIT 1', 'mask_boxes is sorted by'],
  ['INSERT INTO label_sets VALUES (1, 3)', 'label_sets is sorted by'],
  ['INSERT INTO cube_labels SELECT * FROM cube_labels LIMIT 1', 'cube_labels is sorted by'],
  ['DELETE FROM class_ids WHERE label_id = 0', 'has a class id'],
  ["INSERT INTO class_ids VALUES (2, 1, '0009')", 'has one meaning'],
  ['DELETE FROM masks WHERE image_id = 7 AND instance = 1', 'n_masks and n_labels'],
  ['UPDATE images SET label_set_id = 3 WHERE image_id = 1', 'label set of every image'],
  ['DELETE FROM label_sets WHERE label_id = 6', 'label set of every image'],
  ['UPDATE images SET width_bin = 0 WHERE image_id = 1', 'bins of width'],
  ['UPDATE masks SET area = 99999999 WHERE image_id = 7', 'no area exceeds the image'],
  ['UPDATE mask_boxes SET x1 = 5000 WHERE image_id = 7', 'every box is inside'],
  ['UPDATE cube_images SET images = images + 1 WHERE axis_id = 3', 'cube_images equals'],
  ['DELETE FROM cube_labels WHERE label_id = 5', 'cube_labels equals'],
])('%s is found', async (damage, rule) => {
  await staging.engine.run('BEGIN')
  try {
    await staging.engine.run(damage)
    expect((await offenders()).join('\n')).toContain(rule)
  } finally {
    await staging.engine.run('ROLLBACK')
  }
})
