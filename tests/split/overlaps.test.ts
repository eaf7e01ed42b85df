import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patientOf } from '../../lib/release/patient-rule'
import { excludeDatasets } from '../../lib/split/exclude-datasets'
import { findOverlaps, type Overlap } from '../../lib/split/find-overlaps'
import type { Member } from '../../lib/split/member'
import { OVERLAP_PAIRS } from '../../lib/split/overlap-pairs'

/** Members named as in the release, one per case. */
function membersOf(names: Readonly<Record<string, readonly string[]>>): Member[] {
  return Object.entries(names)
    .flatMap(([dataset, cases]) => cases.map(caseName => ({ dataset, caseName })))
    .map(({ dataset, caseName }, id) => {
      const { patient, rule } = patientOf(dataset, caseName)
      return {
        id,
        dataset,
        caseName,
        patient: rule === 'unknown' ? null : patient,
        images: 1,
        stratum: '',
      }
    })
}

/** The case names that an overlap says are one person, and those that it holds. */
function found(names: Readonly<Record<string, readonly string[]>>) {
  const members = membersOf(names)
  const nameOf = (id: number) => members[id]?.caseName
  const [overlap, ...more] = findOverlaps(members, OVERLAP_PAIRS)
  expect(more).toEqual([])
  return {
    people: overlap?.people.map(person => person.map(nameOf)),
    held: overlap?.held.map(side => side.members.map(nameOf)),
  }
}

describe('people of two datasets, by the names of their sources', () => {
  test.each([
    [
      { KiTS: ['case_00001', 'case_00002'], KiTS2021: ['case_00002', 'case_00250'] },
      [['case_00002', 'case_00002']],
    ],
    [
      {
        CTSpine1K_Full: ['liver_7', '1.3.6.1.4.1.9328.50.4.0001'],
        MSD_Liver: ['liver_7', 'liver_8'],
      },
      [['liver_7', 'liver_7']],
    ],
    [
      {
        CTPelvic1k: ['dataset3_colon_005_data', 'dataset4_case_00002'],
        MSD_Colon: ['colon_005', 'colon_006'],
      },
      [['dataset3_colon_005_data', 'colon_005']],
    ],
    [
      {
        CTPelvic1k: ['dataset2_1.3.6.1.4.1.9328.50.4.0010_102_325'],
        CTSpine1K_Full: ['1.3.6.1.4.1.9328.50.4.0010', 'HN_P001'],
      },
      [['dataset2_1.3.6.1.4.1.9328.50.4.0010_102_325', '1.3.6.1.4.1.9328.50.4.0010']],
    ],
    [
      {
        'COVID-19-20': ['volume-covid19-A-0003'],
        CTSpine1K_Full: ['volume-covid19-A-0003_ct', 'liver_1'],
      },
      [['volume-covid19-A-0003', 'volume-covid19-A-0003_ct']],
    ],
    [
      { isic2016_task1: ['ISIC_0000001', 'ISIC_0000002'], isic2017_task1: ['ISIC_0000002'] },
      [['ISIC_0000002', 'ISIC_0000002']],
    ],
    [
      { VerSe19: ['verse004', 'sub-verse414_split-verse273_ct'], VerSe20: ['sub-verse004_ct'] },
      [['verse004', 'sub-verse004_ct']],
    ],
    [
      { picai_baseline: ['10417_1000424'], picai_semi: ['10417_1000425'] },
      [['10417_1000424', '10417_1000425']],
    ],
    [{ cvc_clinicdb: ['1', '26'], endovis15: ['25'] }, [['1', '25']]],
  ])('%j', (names, people) => {
    expect(found(names)).toEqual({ people, held: [] })
  })

  test('a name that tells nothing may be anybody of the other dataset', () => {
    expect(found({ KiTS: ['case_00001', 'x'], KiTS2021: ['case_00001', 'case_00002'] })).toEqual({
      people: [['case_00001', 'case_00001']],
      held: [['x'], ['case_00001', 'case_00002']],
    })
  })

  test('without names all of one may be all of the other, but for those that certainly are not', () => {
    expect(found({ AbdomenCT1K: ['Case_1', 'Case_2'], MSD_Spleen: ['spleen_1'] })).toEqual({
      people: [],
      held: [['Case_1', 'Case_2'], ['spleen_1']],
    })
    expect(
      found({ BraTS2013: ['HG0001'], BraTS2018: ['Brats18_TCIA01_221_1', 'Brats18_2013_2_1'] })
        .held,
    ).toEqual([['HG0001'], ['Brats18_2013_2_1']])
    expect(found({ BraTS2013: ['HG0001'], BraTS2018: ['Brats18_TCIA01_221_1'] }).held).toEqual([])
  })

  test('of one hospital nothing follows', () => {
    expect(found({ MSD_Colon: ['colon_1'], MSD_Pancreas: ['pancreas_1'] })).toEqual({
      people: [],
      held: [],
    })
  })
})

test('patterns of pairs are of their datasets, anchored, and read a person', () => {
  for (const { datasets, match, apart } of OVERLAP_PAIRS) {
    for (const [dataset, reader] of Object.entries(match ?? {})) {
      expect(datasets).toContain(dataset)
      if (reader !== 'patient') expect(reader).toMatch(/^\^.*\(\?<person>.*\$$/)
    }
    if (match) expect(Object.keys(match).sort()).toEqual([...datasets].sort())
    for (const [dataset, pattern] of Object.entries(apart ?? {})) {
      expect(datasets).toContain(dataset)
      expect(pattern).toMatch(/^\^/)
    }
  }
})

test('what is left out is a cover of least images', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const edges = fc.uniqueArray(
    fc.tuple(fc.nat(4), fc.nat(4)).filter(([a, b]) => a < b),
    {
      selector: edge => edge.join(),
      maxLength: 8,
    },
  )
  fc.assert(
    fc.property(
      edges,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 5 }),
      (list, weights) => {
        const overlaps = list.map(
          (edge): Overlap => ({
            pair: { datasets: [], kind: 'same-source', evidence: '', source: '' },
            people: [],
            held: edge.map(n => ({ dataset: names[n] ?? '', members: [n] })),
          }),
        )
        const gone = [...excludeDatasets(overlaps, member => weights[member] ?? 0).keys()]
        const isCover = (mask: number) => list.every(edge => edge.some(n => (mask >> n) & 1))
        const weightOf = (mask: number) =>
          weights.reduce((sum, weight, n) => sum + (((mask >> n) & 1) === 1 ? weight : 0), 0)
        const best = Math.min(
          ...Array.from({ length: 32 }, (_, mask) => mask)
            .filter(isCover)
            .map(weightOf),
        )
        const mask = gone.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0)
        expect(isCover(mask)).toBe(true)
        expect(weightOf(mask)).toBe(best)
      },
    ),
  )
})
