import { describe, expect, test } from 'vitest'
import knownDatasets from '../../data/datasets.json'
import submodalities from '../../data/submodalities.json'
import { caseNames } from '../../lib/reference/case-names'
import { type PlannedDataset, REFERENCE_PLAN, scalePlan } from '../../lib/reference/plan'
import { readPublishedFacts } from '../../lib/reference/published-facts.node.ts'
import { patientOf } from '../../lib/release/patient-rule'
import { classifyLabel } from '../../lib/taxonomy/classify-label'

const facts = readPublishedFacts()

const COLUMN = { images: 1, masks: 2 } as const
type Kind = keyof typeof COLUMN

const sizeOf = ({ parts }: PlannedDataset, kind: Kind, modality?: string): number =>
  parts
    .filter(part => modality === undefined || part.modality === modality)
    .flatMap(part => part.submodalities)
    .reduce((sum, row) => sum + row[COLUMN[kind]], 0)

const total = (plan: readonly PlannedDataset[], kind: Kind, modality?: string): number =>
  plan.reduce((sum, dataset) => sum + sizeOf(dataset, kind, modality), 0)

describe.each(['images', 'masks'] as const)('%s of the plan', kind => {
  test('add up to the published total', () => {
    expect(total(REFERENCE_PLAN, kind)).toBe(facts[kind])
  })

  test.each(facts.modalities)('add up to the published number of $modality', row => {
    expect(total(REFERENCE_PLAN, kind, row.modality)).toBe(row[kind])
  })

  test('put as many datasets in each size bin as published', () => {
    const sizes = REFERENCE_PLAN.map(dataset => sizeOf(dataset, kind))
    const inBin = ({ lo, hi }: { lo: number; hi: number }) =>
      sizes.filter(size => size >= lo && size < hi).length
    expect(facts.bins.map(inBin)).toEqual(
      facts.bins.map(bin => (kind === 'images' ? bin.byImages : bin.byMasks)),
    )
    // Neither reading of a bin's edge would count a dataset elsewhere.
    expect(sizes.filter(size => facts.bins.some(({ lo }) => lo > 0 && lo === size))).toEqual([])
  })

  test.each(facts.structures)('of $structure are within 0.5% of the figure', row => {
    const covering = REFERENCE_PLAN.filter(({ structures }) => structures.includes(row.structure))
    expect(Math.abs(total(covering, kind) / row[kind] - 1)).toBeLessThan(0.005)
  })
})

test('the plan has 140 datasets, and the published number of them per structure', () => {
  expect(new Set(REFERENCE_PLAN.map(({ dataset }) => dataset)).size).toBe(facts.datasets)
  for (const { structure, datasets } of facts.structures) {
    const covering = REFERENCE_PLAN.filter(({ structures }) => structures.includes(structure))
    expect([structure, covering.length]).toEqual([structure, datasets])
  }
})

test('known datasets keep their modalities and structures; the others are not released', () => {
  const known = new Map(knownDatasets.datasets.map(row => [row.dataset, row]))
  const planned = REFERENCE_PLAN.filter(({ released }) => released)
  expect(planned.map(({ dataset }) => dataset).sort()).toEqual([...known.keys()].sort())
  for (const { dataset, parts, structures } of planned) {
    expect([dataset, structures]).toEqual([dataset, known.get(dataset)!.structures])
    const modalities = [...new Set(parts.map(({ modality }) => modality))]
    expect(modalities).toEqual(known.get(dataset)!.modalities)
  }
  const others = REFERENCE_PLAN.filter(({ released }) => !released)
  for (const modality of ['Microscopy', 'Histopathology'])
    expect(total(others, 'images', modality)).toBe(total(REFERENCE_PLAN, 'images', modality))
})

test('released datasets hold as many images as the public release, about as many masks', () => {
  const released = REFERENCE_PLAN.filter(dataset => dataset.released)
  expect(total(released, 'images')).toBe(facts.released.images)
  expect(Math.abs(total(released, 'masks') / facts.released.masks - 1)).toBeLessThan(0.01)
})

test('labels: 271 names and all 31 organs, each label shown by some case', () => {
  const names = new Set<string>()
  const organs = new Set<string>()
  for (const { dataset, labels, parts } of REFERENCE_PLAN) {
    expect(labels.length).toBeGreaterThan(0)
    expect(new Set(labels.map(([name]) => name)).size).toBe(labels.length)
    // The first cases show one label each for certain.
    expect(Math.max(...parts.map(({ cases }) => cases))).toBeGreaterThanOrEqual(labels.length)
    for (const [name] of labels) {
      names.add(name)
      const { organ } = classifyLabel(dataset, name)
      if (organ !== null) organs.add(organ)
    }
  }
  expect(names.size).toBe(facts.labels)
  expect(organs.size).toBe(facts.organs)
})

test('case names tell patients as those of the release do', () => {
  const severalCases = new Set<string>()
  for (const { dataset, parts } of REFERENCE_PLAN.filter(({ released }) => released)) {
    const names = new Set(parts.flatMap(({ caseName, cases }) => caseNames(caseName, cases)))
    const patients = new Set([...names].map(name => JSON.stringify(patientOf(dataset, name))))
    if (patients.size < names.size) severalCases.add(dataset)
  }
  const expected = [
    ['ACDC', 'BraTS2015', 'CMRxMotions', 'EndoVis_2017_RIS', 'QUBIQ2020', 'autoPET'],
    ['LongitudinalMultipleSclerosisLesionSegmentation', 'braimMRI', 'cranium', 'cvc_clinicdb'],
    ['endovis15', 'kvasircapsule_seg', 'mnms2', 'ultrasound_nerve_segmentation'],
  ].flat()
  expect([...severalCases].sort()).toEqual(expected.sort())
})

test('QUBIQ2020 is as the release has it: three copies of brain growth, three of kidneys', () => {
  const qubiq = REFERENCE_PLAN.find(({ dataset }) => dataset === 'QUBIQ2020')!
  expect(qubiq.labels.map(([name]) => name)).toEqual(['brainGrowth', 'kidney'])
  const images = (label: string) =>
    qubiq.parts
      .filter(({ shows }) => shows?.includes(label))
      .flatMap(({ submodalities }) => submodalities)
      .reduce((sum, [, count]) => sum + count, 0)
  expect([images('brainGrowth'), images('kidney')]).toEqual([102, 60])
  for (const { caseName, shows } of qubiq.parts)
    expect(caseName).toContain(shows?.[0] === 'kidney' ? 'kidney' : 'brain-growth')
})

test('class ids that are known are those of the release, once each', () => {
  const ids = (name: string) => {
    const { labels, classIds } = REFERENCE_PLAN.find(({ dataset }) => dataset === name)!
    return Object.fromEntries(labels.map(([label], i) => [label, classIds?.[i]]))
  }
  expect(ids('ACDC')).toEqual({
    heart_myocardium: 0,
    heart_ventricle_left: 1,
    heart_ventricle_right: 2,
    union_heart_myocardium_heart_ventricle_right: 3,
  })
  expect(ids('AMOS2022')).toMatchObject({ liver: 7, stomach: 10, gallbladder: 18 })
  for (const { labels, classIds } of REFERENCE_PLAN)
    if (classIds) expect(new Set(classIds).size).toBe(labels.length)
})

test('every sub-modality is used, under its own modality, with a mask per image', () => {
  const modalityOf = new Map(
    submodalities.submodalities.map(row => [row.submodality, row.modality]),
  )
  const used = new Set<string>()
  for (const { parts } of REFERENCE_PLAN)
    for (const { modality, submodalities } of parts)
      for (const [code, images, masks] of submodalities) {
        used.add(code)
        expect([code, modalityOf.get(code)]).toEqual([code, modality])
        expect(masks).toBeGreaterThanOrEqual(images)
      }
  expect([...used].sort()).toEqual([...modalityOf.keys()].sort())
})

test('a scaled plan keeps every dataset and refuses scales that are no share', () => {
  const tiny = scalePlan(REFERENCE_PLAN, 1e-9)
  const rows = tiny.flatMap(({ parts }) => parts.flatMap(part => part.submodalities))
  expect(rows.every(([, images, masks]) => images === 1 && masks === 1)).toBe(true)
  expect(total(scalePlan(REFERENCE_PLAN, 0.1), 'masks')).toBeCloseTo(facts.masks / 10, -3)
  expect(scalePlan(REFERENCE_PLAN, 1)).toBe(REFERENCE_PLAN)
  for (const scale of [0, -1, 1.5, Number.NaN])
    expect(() => scalePlan(REFERENCE_PLAN, scale)).toThrow(RangeError)
})
