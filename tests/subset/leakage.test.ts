import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NodeEngine, openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { OVERLAP_PAIRS } from '../../lib/split/overlap-pairs'
import { sql } from '../../lib/sql'
import { recipeOf, SPLIT_NAMES } from '../../lib/subset/recipe'
import { type SplitPlan, sizesOf } from '../../lib/subset/split-plan'
import { splitSubset } from '../../lib/subset/split-subset.node.ts'
import { tablesOfNames } from '../../lib/subset/tables-of-names.node.ts'
import { splitPlans } from './split-plans'

/**
 * Splits of random names, held against what the names say when they are cut up here, by other code than the
 * program's.
 */

interface Picture {
  readonly stem: string
  /** Pictures with the same number are equal. */
  readonly content: number
}

const number = (digits: number, max: number) =>
  fc.nat(max).map(n => String(n).padStart(digits, '0'))

/** Case names as the sources have them, and others that tell nothing. */
const CASES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  ACDC: fc
    .tuple(number(3, 8), fc.constantFrom('01', '12'))
    .map(([patient, frame]) => `patient${patient}_frame${frame}`),
  ultrasound_nerve_segmentation: fc.tuple(fc.nat(6), fc.nat(9)).map(parts => parts.join('_')),
  KiTS: number(5, 8).map(n => `case_${n}`),
  KiTS2021: number(5, 12).map(n => `case_${n}`),
  VerSe19: fc
    .tuple(number(3, 6), fc.constantFrom('', '_dir-ax_ct', '_split-verse1'))
    .map(([n, end]) => `sub-verse${n}${end}`),
  VerSe20: fc.oneof(
    { weight: 20, arbitrary: number(3, 9).map(n => `sub-verse${n}_ct`) },
    { weight: 1, arbitrary: number(3, 9).map(n => `old${n}`) },
  ),
  AbdomenCT1K: number(5, 3).map(n => `Case_${n}`),
  kvasir_seg: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 2 }),
}

const picture: fc.Arbitrary<Picture> = fc.constantFrom(...Object.keys(CASES)).chain(dataset =>
  fc
    .record({
      caseName: CASES[dataset] ?? fc.constant('x'),
      slice: fc.nat(5),
      // Most pictures are equal to no other.
      content: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 100, max: 1e9 }) },
        { weight: 1, arbitrary: fc.nat(6) },
      ),
    })
    .map(({ caseName, slice, content }) => ({
      stem: `ct_00--${dataset}--${caseName}--z_000${slice}`,
      content,
    })),
)

const releases = fc.uniqueArray(picture, {
  selector: ({ stem }) => stem,
  minLength: 5,
  maxLength: 150,
  size: 'max',
})

const partsOf = (stem: string) => {
  const [, dataset = '', caseName = ''] = stem.split('--')
  return { dataset, caseName }
}

/** Who is on a picture, by its name; within the dataset. */
function patientOn(stem: string): string {
  const { dataset, caseName } = partsOf(stem)
  if (dataset === 'ACDC') return `${dataset} ${caseName.slice(0, 10)}`
  if (dataset === 'ultrasound_nerve_segmentation') return `${dataset} ${caseName.split('_')[0]}`
  if (dataset.startsWith('VerSe') && caseName.startsWith('sub-'))
    return `${dataset} ${caseName.split('_')[0]}`
  return `${dataset} case ${caseName}`
}

/** The same in all datasets that share people by name. */
function personOn(stem: string): string {
  const { dataset, caseName } = partsOf(stem)
  if (dataset.startsWith('KiTS')) return `KiTS ${caseName}`
  if (dataset.startsWith('VerSe') && caseName.startsWith('sub-'))
    return `VerSe ${caseName.split('_')[0]}`
  return patientOn(stem)
}

const caseOn = (stem: string) => Object.values(partsOf(stem)).join(' ')

/** Datasets that `together` holds as a whole, as far as they are there. */
function wholes(stems: readonly string[]): string[][] {
  const of = (...datasets: string[]) =>
    stems.filter(stem => datasets.includes(partsOf(stem).dataset))
  const found: string[][] = []
  for (const kits of ['KiTS', 'KiTS2021'])
    if (of('AbdomenCT1K').length > 0 && of(kits).length > 0) found.push(of('AbdomenCT1K', kits))
  // Names that tell nothing may be anybody of the other year.
  const old = of('VerSe20').filter(stem => partsOf(stem).caseName.startsWith('old'))
  if (old.length > 0 && of('VerSe19').length > 0) found.push([...old, ...of('VerSe19')])
  return found
}

function groupsBy(stems: readonly string[], keyOf: (stem: string) => string): string[][] {
  const groups = new Map<string, string[]>()
  for (const stem of stems) groups.set(keyOf(stem), [...(groups.get(keyOf(stem)) ?? []), stem])
  return [...groups.values()]
}

/** Sets that grow into one another. */
function joined(groups: readonly (readonly string[])[]): Set<string>[] {
  let sets: Set<string>[] = []
  for (const group of groups) {
    const touched = sets.filter(set => group.some(stem => set.has(stem)))
    sets = sets.filter(set => !touched.includes(set))
    sets.push(new Set([...group, ...touched.flatMap(set => [...set])]))
  }
  return sets
}

/** Pictures in the order of their ids, with equal ones in `duplicates` as a manifest has them. */
async function tablesOf(pictures: readonly Picture[]): Promise<NodeEngine> {
  const engine = await openNodeEngine()
  await tablesOfNames(
    engine,
    pictures.map(({ stem }) => stem),
  )
  const rows = pictures.map(({ content }, id) => `(${id}, ${content})`).join(', ')
  await engine.run(`UPDATE images SET bytes = 1000;
    CREATE TABLE subset_images AS SELECT image_id FROM images;
    CREATE TABLE subset_masks AS SELECT image_id, label_id FROM masks;
    CREATE TABLE duplicates AS SELECT content AS duplicate_group, image_id
      FROM (VALUES ${rows}) t(image_id, content)
      WHERE content IN (SELECT content FROM (VALUES ${rows}) t(image_id, content) GROUP BY content HAVING count(*) > 1)`)
  return engine
}

async function splitOf(pictures: readonly Picture[], plan: SplitPlan, seed: number) {
  const engine = await tablesOf(pictures)
  try {
    const report = await splitSubset(
      engine,
      recipeOf('', { split: plan, seed }),
      OVERLAP_PAIRS,
      true,
    )
    const rows = await engine.rows<{ id: number; split: string; fold: number | null }>(
      sql`SELECT image_id AS id, split, fold FROM ${{ text: report && 'reason' in report ? '(SELECT 0 AS image_id, NULL AS split, NULL AS fold WHERE FALSE)' : 'subset_splits', params: [] }}`,
    )
    const splits = new Map(rows.map(({ id, split }) => [pictures[id]?.stem ?? '', split]))
    const parts = new Map(
      rows.map(({ id, split, fold }) => [pictures[id]?.stem ?? '', `${split} ${fold}`]),
    )
    return { report, splits, parts }
  } finally {
    engine.close()
  }
}

/** Groups with pictures in several splits. */
const leaking = (groups: readonly (readonly string[])[], splits: ReadonlyMap<string, string>) =>
  groups.filter(group => new Set(group.flatMap(stem => splits.get(stem) ?? [])).size > 1)

async function check(pictures: readonly Picture[], plan: SplitPlan, seed: number): Promise<void> {
  const { report, splits, parts } = await splitOf(pictures, plan, seed)
  const stems = pictures.map(({ stem }) => stem)
  const contentOf = new Map(pictures.map(({ stem, content }) => [stem, String(content)]))
  const unit = plan.by === 'case' ? caseOn : patientOn
  // A picture that more than ten have is no person.
  const equal = groupsBy(stems, stem => contentOf.get(stem) ?? '').filter(
    group => group.length > 1 && new Set(group.map(unit)).size <= 10,
  )
  const people = [
    ...groupsBy(stems, unit),
    ...groupsBy(stems, plan.by === 'case' ? caseOn : personOn),
    // By case, cases of one person in two datasets are one: both pairs read the person of a case.
    ...equal,
  ]
  const blocks = joined([...people, ...(plan.overlap === 'together' ? wholes(stems) : [])])

  if (report && 'reason' in report) {
    // Folds need as many patients, whatever becomes of datasets that share scans.
    if ('folds' in plan && plan.folds && / cannot fill /.test(report.reason)) {
      const parts = plan.folds + (plan.shares[2] > 0 ? 1 : 0)
      const units = plan.by === 'image' ? stems.length : blocks.length
      if (plan.overlap !== 'exclude') expect(units).toBeLessThan(parts)
      return
    }
    if (/^\d+ folds cannot be filled/.test(report.reason)) return
    expect(plan.overlap).toBe('together')
    expect(plan.by).not.toBe('image')
    // There is something to blame: more than one patient that hang together, and more than two points.
    const large = blocks.filter(block => new Set([...block].map(unit)).size > 1)
    expect(Math.max(...large.map(block => block.size))).toBeGreaterThan(0.02 * stems.length)
    for (const name of report.reason.match(/^.*?\. (\w+)/)?.slice(1) ?? [])
      expect(Object.keys(CASES)).toContain(name)
    return
  }
  if (!report) throw new Error('no report')
  const its = [...splits.keys()]
  expect(report.splits.map(({ images, patients, cases }) => [images, patients, cases])).toEqual(
    SPLIT_NAMES.map(name => {
      const own = its.filter(stem => splits.get(stem) === name)
      return [own.length, groupsBy(own, patientOn).length, groupsBy(own, caseOn).length]
    }),
  )
  const excluded = report.excluded.reduce((sum, { images }) => sum + images, 0)
  expect(report.leftOut).toBe(stems.length - excluded - its.length)
  expect(report.sharedPatients).toBe(leaking(groupsBy(its, patientOn), splits).length)
  const acrossPeople = leaking(groupsBy(its, personOn), splits)
  expect(report.sharedPeople.people).toBe(acrossPeople.length)
  expect(report.sharedPeople.byNamesOnly).toBe(
    acrossPeople.filter(group => leaking(groupsBy(group, patientOn), splits).length === 0).length,
  )
  expect(report.sharedCases).toBe(leaking(groupsBy(its, caseOn), splits).length)
  const unknown = ['AbdomenCT1K', 'kvasir_seg']
  expect(report.unknownPatients.map(({ dataset }) => dataset)).toEqual(
    [
      ...new Set(
        its
          .map(partsOf)
          .filter(
            ({ dataset, caseName }) => unknown.includes(dataset) || caseName.startsWith('old'),
          )
          .map(({ dataset }) => dataset),
      ),
    ].sort(),
  )
  for (const [split, name] of SPLIT_NAMES.entries())
    if (sizesOf(plan)[split] === 0) expect(its.map(stem => splits.get(stem))).not.toContain(name)
  if (plan.by === 'image') return
  // No patient, no person and no equal picture in two splits, nor in two folds.
  const kept = (group: Iterable<string>) => [...group].filter(stem => splits.has(stem))
  expect(leaking(blocks.map(kept), parts)).toEqual([])
  if (plan.by === 'patient') expect(report.sharedPatients).toBe(0)
  expect(report.sharedDuplicates).toBe(leaking(equal.map(kept), splits).length)
  if (plan.overlap === 'exclude')
    for (const whole of wholes(stems))
      expect(
        new Set(kept(whole).map(stem => partsOf(stem).dataset)).size,
        'two datasets that share scans are left',
      ).toBeLessThan(2)
}

test('no patient is in two splits, and every number of the report is what the names say', async () => {
  await fc.assert(fc.asyncProperty(releases, splitPlans, fc.nat(1e6), check), {
    numRuns: Number(process.env.LEAKAGE_RUNS ?? 25),
  })
})

const PLAN: SplitPlan = {
  shares: [0.6, 0.2, 0.2],
  by: 'patient',
  stratify: 'modality',
  overlap: 'together',
  algorithm: 'stratified-draw-1',
}

test('what leaks by design does so here: the numbers that reports are held against are not all 0', async () => {
  const [pictures = []] = fc.sample(releases, { numRuns: 1, seed: 4 }).slice(0, 1)
  const names = [...pictures, { stem: 'ct_00--ACDC--patient001_frame01--z_0001', content: -1 }]
  const { report } = await splitOf(names, { ...PLAN, by: 'image' }, 1)
  if (!report || 'reason' in report) throw new Error('no report')
  expect(report.sharedPatients).toBeGreaterThan(3)
  expect(report.warnings.join()).toContain('slices of one patient are in several splits')
})

test('by case the frames of one heart part, and the report counts the patients', async () => {
  const pictures = Array.from({ length: 60 }, (_, n) => ({
    stem: `mr_00--ACDC--patient${String(n >> 1).padStart(3, '0')}_frame0${n & 1}--z_0001`,
    content: 100 + n,
  }))
  const { report } = await splitOf(pictures, { ...PLAN, by: 'case' }, 1)
  if (!report || 'reason' in report) throw new Error('no report')
  expect(report.sharedPatients).toBeGreaterThan(3)
  expect(report.warnings.join()).toContain(`${report.sharedPatients} of ACDC`)
})

test('blank pictures tie nobody, and are listed', async () => {
  const pictures = Array.from({ length: 40 }, (_, n) =>
    [0, 1, 2].map(slice => ({
      stem: `ct_00--AMOS2022--amos_${String(n).padStart(4, '0')}--z_000${slice}`,
      content: slice === 0 ? 1 : 100 + 3 * n + slice,
    })),
  ).flat()
  const { report } = await splitOf(pictures, PLAN, 1)
  if (!report || 'reason' in report) throw new Error('no report')
  expect(report.splits.every(({ images }) => images > 0)).toBe(true)
  expect(report.equalPictures).toMatchObject({
    groups: 0,
    blankGroups: 1,
    blank: [{ reason: 'many', members: 40, images: 40 }],
  })
  expect(report.sharedDuplicates).toBe(0)
  expect(report.warnings.join()).toContain('1 group of equal pictures shows next to nothing')
})
