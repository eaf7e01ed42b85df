import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KNOWN_DATASET_NAMES } from '../../lib/catalog/known-datasets'
import { PATIENT_RULES, patientOf, patientRule } from '../../lib/release/patient-rule'

const PATTERNS = PATIENT_RULES.flatMap(entry => (entry.rule === 'pattern' ? [entry] : []))

describe('data/patients.json', () => {
  test('has one entry for every known dataset, in their order', () => {
    expect(PATIENT_RULES.map(entry => entry.dataset)).toEqual(KNOWN_DATASET_NAMES)
  })

  test('says where a rule is from, and why there is none', () => {
    const wanting = PATIENT_RULES.filter(entry =>
      entry.rule === 'unknown'
        ? !entry.note
        : !(entry.source && ['seen', 'documented', 'inferred'].includes(entry.strength)),
    )
    expect(wanting.map(entry => entry.dataset)).toEqual([])
  })

  test.each(PATTERNS)('$dataset: the pattern is anchored and names the patient once', entry => {
    expect(entry.pattern).toMatch(/^\^.*\$$/)
    // An alternative at the outermost level would escape the anchors.
    expect(withoutGroups(entry.pattern)).not.toContain('|')
    expect(entry.pattern.split('(?<')).toHaveLength(2)
    expect(entry.pattern).toContain('(?<patient>')
  })

  test.each(PATTERNS)('$dataset: the examples give the patients written beside them', entry => {
    const examples = Object.entries(entry.examples).filter(([, patient]) => patient !== undefined)
    expect(examples).not.toEqual([])
    for (const [name, patient] of examples)
      expect(patientOf(entry.dataset, name)).toEqual({
        patient,
        rule: 'pattern',
      })
  })

  test('frames of a video are numbered without gap or overlap', () => {
    const ranged = PATTERNS.flatMap(({ ranges }) => (ranges ? [ranges] : []))
    expect(ranged).toHaveLength(2)
    for (const ranges of ranged) {
      const frames = ranges.flatMap(([first = 0, last = 0]) =>
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      )
      expect(frames).toEqual(Array.from({ length: 612 }, (_, i) => i + 1))
    }
  })
})

/** A pattern without what stands in parentheses or brackets. */
function withoutGroups(pattern: string): string {
  let depth = 0
  let rest = ''
  for (const char of pattern.replaceAll(/\\.|\[[^\]]*\]/g, '')) {
    if (char === '(') depth++
    else if (char === ')') depth--
    else if (depth === 0) rest += char
  }
  return rest
}

/** Distinct patients of some cases. */
const patients = (dataset: string, names: readonly string[]): Set<string> =>
  new Set(names.map(name => patientOf(dataset, name).patient))

describe('patients of a dataset', () => {
  test('two frames of a heart are one of 20 ACDC patients', () => {
    const names = numbers(20).flatMap(p =>
      ['frame01', 'frame12'].map(frame => `patient${pad(p, 3)}_${frame}`),
    )
    expect(patients('ACDC', names)).toEqual(new Set(numbers(20).map(p => `patient${pad(p, 3)}`)))
  })

  test('eight images each are of 12 ultrasound-nerve subjects', () => {
    const names = numbers(12).flatMap(s => numbers(8).map(i => `${s}_${i}`))
    expect(patients('ultrasound_nerve_segmentation', names).size).toBe(12)
  })

  test('three copies of a QUBIQ case are one, of another organ another', () => {
    const names = ['brain-growth', 'kidney'].flatMap(organ =>
      numbers(3).map(copy => `${copy}_${organ}_case03`),
    )
    expect(patients('QUBIQ2020', names).size).toBe(2)
  })

  test('20 COVID-19 scans are of the 19 patients that their authors count', () => {
    const names = [
      ...numbers(10).map(n => `coronacases_${pad(n, 3)}`),
      '4_85506_1',
      '7_85703_0',
      '10_85902_1',
      '10_85902_3',
      '14_85914_0',
      '27_86410_0',
      '29_86490_1',
      '29_86491_1',
      '36_86526_0',
      '40_86625_0',
    ].map(name => (name.startsWith('corona') ? name : `radiopaedia_${name}`))
    expect(names).toHaveLength(20)
    expect(patients('COVID19CTscans', names).size).toBe(19)
  })

  test('figures of one Eurorad case are one patient only where the case shows one', () => {
    expect(patients('covid_19_ct_cxr', ['16660_1_1', '16660_5_1']).size).toBe(1)
    // Six patients of case 16745, and a case that nobody looked up.
    const apart = [...numbers(6).map(n => `16745_${n + 1}_1`), '16999_1_1', '16999_2_1']
    expect(patients('covid_19_ct_cxr', apart).size).toBe(8)
    for (const name of apart) expect(patientOf('covid_19_ct_cxr', name).rule).toBe('unknown')
  })

  test('a case is no patient where sources show people with several', () => {
    for (const dataset of ['Totalsegmentator_dataset', 'BraTS2021'])
      expect(patientRule(dataset)?.rule).toBe('unknown')
  })

  test('frames of CVC-ClinicDB are of 29 videos', () => {
    const frames = numbers(612).map(String)
    expect(patients('cvc_clinicdb', frames).size).toBe(29)
    expect(patients('endovis15', frames).size).toBe(29)
    expect(patientOf('cvc_clinicdb', '613').rule).toBe('unknown')
  })

  test('a case is a patient where that is known, and stands for one where nothing is', () => {
    expect(patientOf('AMOS2022', 'amos_0193')).toEqual({
      patient: 'amos_0193',
      rule: 'case',
    })
    expect(patientOf('BrainTumour', 'BRATS_106').rule).toBe('unknown')
    expect(patientOf('Unheard', '1').rule).toBe('unknown')
    expect(patientRule('Unheard')).toBeUndefined()
  })

  test('a name that the pattern does not match stays apart from a patient of that name', () => {
    const odd = patientOf('ultrasound_nerve_segmentation', '19')
    expect(odd.rule).toBe('unknown')
    expect(odd).not.toEqual(patientOf('ultrasound_nerve_segmentation', '19_3'))
    for (const name of ['patient001_frame01b', 'xpatient001_frame01', 'patient001_frame01\n'])
      expect(patientOf('ACDC', name).rule).toBe('unknown')
  })
})

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)
const pad = (value: number, width: number): string => String(value).padStart(width, '0')

const digits = (width: number) =>
  fc.integer({ min: 0, max: 10 ** width - 1 }).map(n => pad(n, width))
const oneOf = (...texts: string[]) => fc.constantFrom(...texts)
const upper = fc.string({ unit: fc.constantFrom(...'ABCDEFGH12'), minLength: 1, maxLength: 3 })

/** Joins texts that are drawn. */
const join = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part)))
    .map(texts => texts.join(''))

/** First parts of a name cut at a separator. */
const head = (separator: string, count: number) => (name: string) =>
  name.split(separator).slice(0, count).join(separator)

/** For a family of names: how they are made, and how to find the patient without any pattern. */
const FAMILIES: Record<string, [names: fc.Arbitrary<string>, naive: (name: string) => string]> = {
  ACDC: [join('patient', digits(3), '_frame', digits(2)), head('_', 1)],
  BraTS2015: [
    join('brats_', oneOf('2013', 'tcia'), '_pat', digits(3), '_', digits(4)),
    head('_', 3),
  ],
  BraTS2018: [
    join('Brats18_', oneOf('2013', 'TCIA01', 'TCIA12', 'CBICA'), '_', upper, '_', digits(1)),
    head('_', 3),
  ],
  BraTS2019: [
    join('BraTS19_', oneOf('2013', 'TCIA01', 'CBICA', 'TMC'), '_', upper, '_', digits(1)),
    head('_', 3),
  ],
  CMRxMotions: [join('P', digits(3), '-', digits(1), oneOf('-ED', '-ES')), head('-', 1)],
  CTPelvic1k: [
    join(
      oneOf('', 'dataset2_'),
      '1.3.6.1.4.1.9328.50.4.',
      digits(4),
      '_3_325',
      oneOf('', '_hard', '_hard_sacralization', '_IntestinalCalculus'),
      oneOf('', '_mask_4label'),
    ),
    name => head('_', 1)(name.replace('dataset2_', '')),
  ],
  CTSpine1K_Full: [join('1.3.6.1.4.1.9328.50.4.', digits(4), oneOf('', '_3')), head('_', 1)],
  cranium: [join(digits(3), '_', digits(2)), head('_', 1)],
  covid_19_ct_cxr: [
    join(oneOf('16631', '16660', '16751'), '_', digits(1), '_', digits(1)),
    head('_', 1),
  ],
  COVID19CTscans: [join('radiopaedia_', digits(2), '_', digits(5), '_', digits(1)), head('_', 3)],
  CrossMoDA21: [join('crossmoda_', digits(3), oneOf('', '_ceT1', '_hrT2')), head('_', 2)],
  CrossMoDA22: [
    join('crossmoda', oneOf('2021_ldn', '2022_etz'), '_', digits(3), oneOf('', '_ceT1')),
    head('_', 3),
  ],
  ISLES2022: [
    join('sub-strokecase', digits(4), oneOf('', '_ses-0001', '_ses-0001_adc')),
    head('_', 1),
  ],
  LongitudinalMultipleSclerosisLesionSegmentation: [
    join(oneOf('training', 'test'), digits(2), '_', digits(2), oneOf('', '_flair_pp')),
    head('_', 1),
  ],
  QUBIQ2020: [
    join(digits(1), '_', oneOf('brain-growth', 'kidney'), '_case', digits(2)),
    name => name.split('_').slice(1).join('_'),
  ],
  VerSe20: [
    join('sub-', oneOf('gl', 'verse'), digits(3), oneOf('_dir-ax_ct', '_split-verse007')),
    head('_', 1),
  ],
  autoPET: [
    join(
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 10, maxLength: 10 }),
      '_',
      digits(5),
    ),
    head('_', 1),
  ],
  braimMRI: [
    join('TCGA_', oneOf('CS', 'HT'), '_', digits(4), '_19960909_', digits(2)),
    head('_', 3),
  ],
  hvsmr_2016: [
    join(
      oneOf('training', 'testing'),
      oneOf('_axial_full', '_axial_crop', '_sa_crop'),
      '_pat',
      digits(2),
    ),
    name => name.slice(name.indexOf('pat')),
  ],
  mnms2: [join(digits(3), oneOf('_SA', '_LA'), oneOf('_ED', '_ES', '_CINE')), head('_', 1)],
  picai_semi: [join(digits(5), '_', digits(7), oneOf('', '_t2w')), head('_', 1)],
  ultrasound_nerve_segmentation: [join(digits(2), '_', digits(3)), head('_', 1)],
}

describe('random names', () => {
  test.each(Object.entries(FAMILIES))('%s: as cutting the name does', (dataset, [names, naive]) => {
    fc.assert(
      fc.property(names, name => {
        expect(patientOf(dataset, name)).toEqual({
          patient: naive(name),
          rule: 'pattern',
        })
      }),
    )
  })

  const caseName = fc.oneof(
    fc.string().map(text => text.replaceAll('/', '')),
    ...Object.values(FAMILIES).map(([names]) => names),
  )
  const dataset = fc.constantFrom(...KNOWN_DATASET_NAMES, 'Unheard', 'A--B')

  test('two cases of a dataset show the same patient only if its pattern matches both', () => {
    fc.assert(
      fc.property(dataset, caseName, caseName, (of, nameA, nameB) => {
        const [one, other] = [patientOf(of, nameA), patientOf(of, nameB)]
        if (one.patient !== other.patient || one.rule !== other.rule) return
        if (nameA !== nameB) expect(one.rule).toBe('pattern')
      }),
      { numRuns: 2000 },
    )
  })
})
