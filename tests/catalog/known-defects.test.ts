import { expect, test } from 'vitest'
import known from '../../data/known-defects.json' with { type: 'json' }
import rules from '../../data/label-rules.json' with { type: 'json' }
import { knownDataset } from '../../lib/catalog/known-datasets'
import {
  correctedLinks,
  defectsOf,
  defectsOfImage,
  defectsOfLabel,
  GENERAL_DEFECTS,
} from '../../lib/catalog/known-defects'
import { nameIn } from '../../lib/catalog/paths'
import { classifyLabel } from '../../lib/taxonomy/classify-label'

test('every dataset of the curated file is one that we know', () => {
  const named = known.defects.flatMap(({ dataset }) => (dataset === null ? [] : [dataset]))
  expect(named.filter(name => !knownDataset(name))).toEqual([])
})

test('every defect names its source, and a class has four digits', () => {
  for (const { source, what, ...defect } of known.defects) {
    expect(source).toMatch(
      /^(https:\/\/\S+|reported by users of the public release|seen on .+, \d{4}-\d{2}-\d{2})$/,
    )
    expect(what).toMatch(/\.$/)
    if ('classId' in defect) expect(defect.classId).toMatch(/^\d{4}$/)
  }
})

test('defects are found by dataset', () => {
  expect(defectsOf('ACDC').map(({ classId }) => classId)).toEqual(['0003', undefined])
  expect(defectsOf('Brain_PTM').map(({ flag }) => flag?.code)).toEqual(['binary_brain_masks'])
  expect(defectsOf('QUBIQ2020').map(({ oriName }) => oriName)).toEqual(['brain-growth'])
  expect(defectsOf('BTCV')).toEqual([])
  expect(GENERAL_DEFECTS).toHaveLength(1)
})

test('the side of a label is corrected exactly where the page says so', () => {
  const said = known.defects.flatMap(defect =>
    'labels' in defect ? [{ dataset: defect.dataset, labels: defect.labels }] : [],
  )
  expect(said).toEqual(rules.swappedSides.map(({ dataset, labels }) => ({ dataset, labels })))
  for (const { dataset, labels } of rules.swappedSides)
    expect(labels.map(label => classifyLabel(dataset, label).side)).toEqual(['right', 'left'])
})

test('names in addresses are decoded, stray percent signs kept', () => {
  expect(nameIn('a%2Fb%20c')).toBe('a/b c')
  expect(nameIn('100%')).toBe('100%')
})

const codes = (defects: readonly { flag?: { code: string } }[]) =>
  defects.map(one => one.flag?.code)

test('an image has the known issues of its masks and of its name, and no others', () => {
  const image = (dataset: string, caseName: string, ...masks: [label: string, classId: string][]) =>
    codes(
      defectsOfImage({
        dataset,
        caseName,
        masks: masks.map(([label, classId]) => ({ label, classId })),
      }),
    )
  expect(image('ACDC', 'patient001_frame01', ['heart_ventricle_left', '0001'])).toEqual([
    'swapped_ventricles',
  ])
  expect(image('ACDC', 'patient001_frame01', ['heart_myocardium', '0000'])).toEqual([])
  expect(image('ACDC', 'patient001_frame01')).toEqual([])
  expect(
    image(
      'ACDC',
      'patient001_frame01',
      ['union_heart_myocardium_heart_ventricle_right', '0003'],
      ['heart_ventricle_right', '0002'],
    ),
  ).toEqual(['whole_cavity', 'swapped_ventricles'])
  expect(image('QUBIQ2020', '1_brain-growth_case01')).toEqual(['brain_growth'])
  expect(image('QUBIQ2020', '1_kidney_case01')).toEqual([])
  expect(image('Brain_PTM', 'case_1')).toEqual(['binary_brain_masks'])
  expect(image('EMIDEC', 'Case_1', ['heart_ventricle_left', '0001'])).toEqual([])
})

test('a label has the known issues of the datasets that are there', () => {
  const here = new Set(['ACDC', 'EMIDEC'])
  expect(codes(defectsOfLabel('heart_ventricle_right', here))).toEqual(['swapped_ventricles'])
  expect(defectsOfLabel('heart_ventricle_right', new Set(['EMIDEC']))).toEqual([])
  expect(defectsOfLabel('heart_myocardium', here)).toEqual([])
})

test('what is corrected has links to the masks as released and to the true ones', () => {
  const links = defectsOf('ACDC').flatMap(correctedLinks)
  expect(links.map(({ path }) => path)).toEqual([
    '/?dataset=ACDC&label=heart_ventricle_left',
    '/?dataset=ACDC&label=heart_ventricle_right',
    '/?dataset=ACDC&side=left',
    '/?dataset=ACDC&side=right',
  ])
})
