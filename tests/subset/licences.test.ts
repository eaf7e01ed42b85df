import { expect, test } from 'vitest'
import citations from '../../data/citations.json'
import known from '../../data/datasets.json'
import families from '../../data/families.json'
import patients from '../../data/patients.json'
import { LICENCE_STRENGTHS, LICENCES, licenceOf, licenceRemark } from '../../lib/catalog/licences'
import { creditsText } from '../../lib/subset/credits'

const DATASETS = known.datasets.map(one => one.dataset)
const URL_OF_A_PAGE = /^https?:\/\/\S+$/

test('licences are of datasets that there are, each once, with the pages that state them', () => {
  const names = LICENCES.map(one => one.dataset)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter(name => !DATASETS.includes(name))).toEqual([])
  for (const { dataset, licence, source, strength, note } of LICENCES) {
    expect(licence.length, dataset).toBeGreaterThan(2)
    for (const url of source.split(', ')) expect(url, dataset).toMatch(URL_OF_A_PAGE)
    expect(LICENCE_STRENGTHS, dataset).toContain(strength)
    // A note says how the sources disagree.
    if (strength === 'contradictory') expect(note, dataset).toMatch(/\.$/)
  }
  expect(licenceOf('no such dataset')).toBeNull()
})

test('every known dataset says where its facts were read, and has a rule for its patients', () => {
  expect(new Set(DATASETS).size).toBe(91)
  for (const { dataset, source } of known.datasets)
    for (const url of source.split(', ')) expect(url, dataset).toMatch(URL_OF_A_PAGE)
  expect(patients.datasets.map(one => one.dataset).sort()).toEqual([...DATASETS].sort())
  const paired = new Set(families.pairs.flatMap(({ datasets }) => datasets))
  expect([...paired].filter(name => !DATASETS.includes(name))).toEqual([])
  const cited = citations.datasets.map(one => one.dataset)
  expect(cited.filter(name => !DATASETS.includes(name))).toEqual([])
})

test('datasets that are not what their name says are described as what they are', () => {
  const of = (name: string) => known.datasets.find(one => one.dataset === name)
  expect(of('QUBIQ2020')).toMatchObject({
    structures: ['Head and Neck', 'Abdomen'],
    target: 'brain growth, kidney',
  })
  expect(of('cranium')).toMatchObject({
    structures: ['Head and Neck', 'Lesion'],
    target: 'intracranial haemorrhage',
  })
  expect(of('Chest_Image_Pneum')).toMatchObject({ target: 'pneumothorax' })
})

test('credits say how far a licence can be relied on, and both where two disagree', () => {
  const text = creditsText(['cranium', 'KiTS', 'CrossMoDA22', 'COSMOS2022'], () => [], {
    name: 's',
    manifest: 'm',
    recipe: 'r',
    bibtex: '',
  })
  expect(text).toMatch(/cranium: CC BY 4\.0 .*PhysioNet Restricted.*; sources disagree\. The copy/)
  expect(text).toMatch(/KiTS: CC BY-NC-SA 4\.0 \(https:\S+; stated by its publishers\)/)
  expect(text).toMatch(/CrossMoDA22: .*; stated by others only\. Stated for CrossMoDA in general/)
  expect(text).toContain('COSMOS2022: unknown: ask the publishers')
  expect(licenceRemark({ strength: 'official' })).toBe('stated by its publishers')
})
