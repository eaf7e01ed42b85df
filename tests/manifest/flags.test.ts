import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { FLAG_VALUES, FLAGS, flagBits, flagValues } from '../../lib/manifest/flags'
import { DEFECTS } from '../../lib/manifest/known-defects'
import type { Manifest } from '../../lib/manifest/manifest'
import { IMAGE_FLAGS, MASK_FLAGS } from '../../lib/manifest/quality'
import { measure } from '../../lib/measure/measure.node.ts'
import { sql } from '../../lib/sql'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { flagChecks, OPTIONAL_CHECKS } from '../../lib/verify/optional-checks'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { indexText, listed, type ReleaseSpec } from '../fixtures/release'
import { makeZip, writeParts } from '../fixtures/zip-writer'
import { greyPng } from '../images/png'

test('bits and codes are distinct, none is left out, and both ways agree', () => {
  expect(FLAGS.map(({ bit }) => bit)).toEqual(FLAGS.map((_, bit) => bit))
  expect(new Set(FLAG_VALUES).size).toBe(FLAGS.length + 1)
  const codes = [
    ...Object.keys(IMAGE_FLAGS),
    ...Object.keys(MASK_FLAGS).map(flag => `mask_${flag}`),
    ...DEFECTS.flatMap(({ flag }) => (flag ? [flag.code] : [])),
  ]
  expect(FLAG_VALUES).toEqual(expect.arrayContaining(codes))
  expect(flagBits(['unreadable'])).not.toBe(flagBits(['mask_unreadable']))
  expect(flagValues(flagBits(['whole_cavity', 'constant']))).toEqual(['constant', 'whole_cavity'])
  expect(flagValues(0)).toEqual(['none'])
  expect(flagBits(['none', 'unheard-of'])).toBe(0)
})

const SPEC: ReleaseSpec = {
  index: [
    listed('ct_00--BTCV--same--z_0001', '0001_000'),
    listed('ct_00--BTCV--same--z_0002', '0001_000'),
    listed('ct_00--BTCV--same--z_0003', '0001_000'),
    listed('mr_00--ACDC--cavity--z_0001', '0001_000', '0003_000'),
    listed('mr_00--ACDC--empty--z_0001', '0001_000', '0001_001'),
    listed('mr_00--ACDC--crescent--z_0001', '0004_000'),
    listed('ct_00--QUBIQ2020--1_brain-growth_case01--2d_none', '0001_000'),
    listed('ct_00--QUBIQ2020--1_kidney_case03--2d_none', '0002_000'),
    listed('mr_00--Brain_PTM--brain-growth 1--z_0001', '0003_000'),
    listed('mr_00--Brain_PTM--flat--z_0001', '0003_000'),
    listed('fundus_photography--ichallenge_adam_task2--disc--2d_none', '0001_000'),
    listed('fundus_photography--ichallenge_adam_task2--unmasked--2d_none'),
  ],
  classMap: {
    ACDC: { ventricle: '0001', cavity: '0003', heart_ventricle_left: '0004' },
    BTCV: { liver: '0001' },
    Brain_PTM: { tract: '0003' },
    QUBIQ2020: { brain: '0001', kidney: '0002' },
    ichallenge_adam_task2: { disc: '0001' },
  },
}

/** Pictures by the case's name; those of "same" are equal in all their slices but the third. */
function pictureOf(path: string): Uint8Array {
  if (path.startsWith('masks/'))
    return greyPng(4, 4, (x, y) => (path.includes('--empty--') ? 0 : Number(x + y < 2)))
  if (path.includes('flat')) return greyPng(4, 4, () => 7)
  if (/same--z_000[12]|brain-growth 1/.test(path)) return greyPng(4, 4, (x, y) => x * y)
  return greyPng(4, 4, (x, y) => x + y + path.length)
}

const entries = [
  ...SPEC.index
    .flatMap(([image, masks]) => [image, ...(masks as string[])])
    .map(path => ({ name: `SAMed2Dv1/${path}`, data: pictureOf(path) })),
  { name: 'SAMed2Dv1/SAMed2D_v1.json', data: Buffer.from(indexText(SPEC.index)) },
  {
    name: 'SAMed2Dv1/SAMed2D_v1_class_mapping_id.json',
    data: Buffer.from(JSON.stringify(SPEC.classMap)),
  },
]

const OF_RELEASE: Record<string, string[]> = {
  'unmasked 2d': ['none'],
  'disc 2d': ['inverted_optic_disc'],
  'same 1': ['duplicate_in_dataset', 'duplicate_across_datasets'],
  'same 2': ['duplicate_in_dataset', 'duplicate_across_datasets'],
  'same 3': ['none'],
  'cavity 1': ['whole_cavity'],
  'empty 1': ['none'],
  'brain-growth 1 1': ['duplicate_across_datasets', 'binary_brain_masks'],
  '1_brain-growth_case01 2d': ['brain_growth'],
  '1_kidney_case03 2d': ['none'],
  'crescent 1': ['swapped_ventricles'],
  'flat 1': ['binary_brain_masks'],
}

const DUPLICATES: Manifest['duplicates'] = {
  groups: 1,
  images: 3,
  overlaps: [
    { a: 'BTCV', b: 'BTCV', groups: 1, imagesA: 2, imagesB: 2 },
    { a: 'BTCV', b: 'Brain_PTM', groups: 1, imagesA: 2, imagesB: 1 },
  ],
}

async function flagsOf(out: string): Promise<Record<string, string[]>> {
  const { engine } = await openManifest(out)
  try {
    const rows = await engine.rows<{ name: string; flags: number }>(
      sql`SELECT concat(case_name, ' ', coalesce(slice::VARCHAR, '2d')) AS name, flags FROM images`,
    )
    return Object.fromEntries(rows.map(({ name, flags }) => [name, flagValues(flags)]))
  } finally {
    engine.close()
  }
}

const problemsOf = async (out: string) =>
  (await verifyManifest(out)).findings.filter(({ problem }) => problem !== null)

describe('a release in an archive', () => {
  let dir: string
  let out: string
  let location: string
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
    location = await writeParts(dir, 'release', makeZip(entries))
    out = join(dir, 'manifest')
    await ingestRelease(location, { out })
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  test('duplicates and known defects are flags of its images', async () => {
    const { manifest } = await readManifest(out)
    expect(await flagsOf(out)).toEqual(OF_RELEASE)
    expect(manifest.duplicates).toEqual(DUPLICATES)
    expect(manifest.summary.facets.flag).toContainEqual({
      value: 'duplicate_across_datasets',
      images: 3,
      masks: 3,
    })
    expect(await problemsOf(out)).toEqual([])
  })

  test.each([
    ['UPDATE images SET flags = 1 WHERE image_id = 0', 'the flags of every image'],
    [
      'DELETE FROM duplicates WHERE image_id = 1',
      'duplicates groups exactly the images with equal size',
    ],
    ['DELETE FROM duplicates WHERE image_id > 0', 'every group has at least two images'],
    ['UPDATE duplicates SET duplicate_group = 5', 'no group number is skipped'],
    ['INSERT INTO duplicates VALUES (0, 8), (1, 3), (1, 7)', 'exactly the images with equal size'],
    ['INSERT INTO duplicates VALUES (0, 0)', 'duplicates is sorted by group and image'],
    ['INSERT INTO duplicates VALUES (9, 99)', 'is in images'],
  ])('%s is found', async (damage, rule) => {
    const { engine, manifest } = await openManifest(out)
    try {
      for (const table of ['images', 'duplicates'])
        await engine.run(`CREATE TEMP TABLE ${table} AS FROM ${table}`)
      const checks = [
        ...flagChecks(table => manifest.files[table] !== undefined),
        ...(OPTIONAL_CHECKS.duplicates ?? []),
      ]
      const broken = async () => {
        const rules: string[] = []
        for (const { rule, offenders } of checks) {
          const text = `SELECT n::DOUBLE AS n FROM (${offenders})`
          const [row] = await engine.rows<{ n: number }>({ text, params: [] })
          if (row?.n !== 0) rules.push(rule)
        }
        return rules.join('\n')
      }
      expect(await broken()).toBe('')
      await engine.run(damage)
      expect(await broken()).toContain(rule)
    } finally {
      engine.close()
    }
  })

  // Last: it changes the manifest.
  test('what is measured comes to them, and they stay', async () => {
    await measure(await readManifest(out), location, { threads: 1 })
    const { manifest } = await readManifest(out)
    expect(await flagsOf(out)).toEqual({
      ...OF_RELEASE,
      'empty 1': ['mask_empty'],
      'flat 1': ['constant', 'binary_brain_masks'],
    })
    expect(manifest.duplicates).toEqual(DUPLICATES)
    expect(manifest.files.locator).toBeDefined()
    expect(await problemsOf(out)).toEqual([])
  })
})
