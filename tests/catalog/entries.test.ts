import { describe, expect, test } from 'vitest'
import {
  beginsWord,
  entriesOf,
  hasSynonym,
  MAX_ENTRIES,
  searchEntries,
} from '../../lib/catalog/entries'

const row = (value: string, images: number) => ({ value, images, masks: images })

const entries = entriesOf({
  dataset: [row('MSD_Liver', 5), row('WORD', 9), row('a/b?c=1,2', 1)],
  label: [row('liver', 100), row('liver_tumor', 40), ...many('rib')],
  organ: [row('Liver', 200)],
  modality: [row('CT', 900)],
  flag: [row('mask_empty', 7), row('none', 900)],
})

function many(name: string) {
  return Array.from({ length: 80 }, (_, i) => row(`${name}_${i}`, i))
}

const found = (text: string) => searchEntries(entries, text).map(({ kind, name }) => [kind, name])

test('the name itself comes first, then names that begin with it, then words; more images first', () => {
  expect(found('LIVER')).toEqual([
    ['organ', 'Liver'],
    ['label', 'liver'],
    ['label', 'liver_tumor'],
    ['dataset', 'MSD_Liver'],
  ])
})

test('separators do not matter, and part of a word is enough', () => {
  expect(found('msd liver')).toEqual([['dataset', 'MSD_Liver']])
  expect(found('umor')).toEqual([['label', 'liver_tumor']])
  expect(found('nothing of the kind')).toEqual([])
})

test('never more rows than can be drawn at every key', () => {
  expect(found('r')).toHaveLength(MAX_ENTRIES)
  expect(searchEntries(entries, '').length).toBeLessThanOrEqual(MAX_ENTRIES)
})

test('before anything is typed, each kind is there, pages first', () => {
  const kinds = searchEntries(entries, ' ').map(({ kind }) => kind)
  expect(kinds[0]).toBe('page')
  expect(new Set(kinds).size).toBe(5)
})

test('datasets and labels have pages, organs and modalities are filters; names are encoded', () => {
  const paths = Object.fromEntries(entries.map(({ kind, name, path }) => [`${kind} ${name}`, path]))
  expect(paths['dataset a/b?c=1,2']).toBe('/datasets/a%2Fb%3Fc%3D1%2C2')
  expect(paths['label liver_tumor']).toBe('/labels/liver_tumor')
  expect(paths['organ Liver']).toBe('/?organ=Liver')
  expect(paths['modality CT']).toBe('/?modality=CT')
})

test('a flag is found by its words; that nothing is amiss is no entry', () => {
  expect(searchEntries(entries, 'empty mask')).toEqual([
    { kind: 'flag', name: 'Empty mask', path: '/?flag=mask_empty', images: 7 },
  ])
  expect(found('none')).toEqual([])
})

test('a name is begun by its own beginning, or that of a word in it', () => {
  expect(beginsWord('MSD_Liver', 'liv')).toBe(true)
  expect(beginsWord('MSD_Liver', 'msd liv')).toBe(true)
  expect(beginsWord('MSD_Liver', 'iver')).toBe(false)
  expect(beginsWord('MSD_Liver', '_')).toBe(false)
})

describe('synonyms', () => {
  const lesions = entriesOf({
    label: [
      row('liver_tumor', 5),
      row('colon_cancer', 3),
      row('skin_carcinoma', 2),
      row('hemorrhage', 4),
      row('oesophagus', 1),
    ],
  })
  const names = (text: string) =>
    searchEntries(lesions, text)
      .filter(({ kind }) => kind === 'label')
      .map(({ name }) => name)

  test.each([
    ['tumour', ['liver_tumor', 'colon_cancer', 'skin_carcinoma']],
    ['tumours', ['liver_tumor', 'colon_cancer', 'skin_carcinoma']],
    ['tumou', ['liver_tumor', 'colon_cancer', 'skin_carcinoma']],
    ['cancer', ['colon_cancer', 'liver_tumor', 'skin_carcinoma']],
    ['carcinoma', ['skin_carcinoma', 'liver_tumor', 'colon_cancer']],
    ['liver cancer', ['liver_tumor']],
    ['haemorrhage', ['hemorrhage']],
    ['esophagus', ['oesophagus']],
    ['can', ['colon_cancer']],
    ['tumoural', []],
  ])('%s finds %j', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })

  test('a name with the word itself is not listed for a synonym', () => {
    expect(hasSynonym('colon_cancer', 'cancer')).toBe(false)
    expect(hasSynonym('liver_tumor', 'cancer')).toBe(true)
    expect(hasSynonym('liver', 'cancer')).toBe(false)
    expect(hasSynonym('liver', '')).toBe(false)
  })
})

test('axes are found by the names of their planes, as far as datasets have them', () => {
  const axes = entriesOf({
    dataset: [row('AMOS2022', 30), row('ACDC', 10)],
    axis: [row('x', 40), row('y', 3), row('2d', 1)],
  })
  expect(searchEntries(axes, 'axial')).toEqual([
    { kind: 'axis', name: 'x · axial (short-axis in ACDC)', path: '/?axis=x', images: 40 },
  ])
  expect(searchEntries(axes, 'coronal').map(({ path }) => path)).toEqual(['/?axis=y'])
  const unknown = entriesOf({ dataset: [row('KiTS', 9)], axis: [row('x', 9)] })
  expect(searchEntries(unknown, 'axial')).toEqual([])
})
