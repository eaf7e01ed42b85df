import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { openNodeEngine } from '../../lib/engine/duckdb.node.ts'
import { UserError } from '../../lib/errors'
import { type IngestSummary, ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { TABLE_NAMES } from '../../lib/manifest/tables'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../../lib/release/name-sql'
import { parquetSql } from '../../lib/store/parquet-sql.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { openStaging, type Staging } from '../../lib/store/staging.node.ts'
import { type WriteOptions, writeManifest } from '../../lib/store/write-manifest.node.ts'
import {
  indexText,
  listed,
  makeRelease,
  type ReleaseSpec,
  SMALL_RELEASE,
  type TemporaryRelease,
} from '../fixtures/release'

const SAMPLE = '../shared/samples/SAMed2Dv1'

const made: TemporaryRelease[] = []
afterEach(async () => {
  for (const release of made.splice(0)) await release.remove()
})

async function release(spec?: ReleaseSpec, rawIndex?: string | Uint8Array) {
  const temporary = await makeRelease(spec, rawIndex)
  made.push(temporary)
  return temporary
}

/** The manifest's Parquet files as tables of an engine, and the names its rows stand for. */
async function readBack({ manifest }: IngestSummary, out: string) {
  const engine = await openNodeEngine()
  for (const table of TABLE_NAMES) {
    await engine.run(`CREATE TABLE ${table} AS FROM ${parquetSql({ dir: out, manifest }, table)}`)
  }
  const rows = <T extends object>(text: string) => engine.rows<T>({ text, params: [] })
  const named = `images i JOIN datasets d USING (dataset_id) JOIN submodalities s USING (submodality_id)
    JOIN axes USING (axis_id)`
  const images = await rows<{ name: string }>(
    `SELECT ${IMAGE_NAME_SQL} AS name FROM ${named} ORDER BY image_id`,
  )
  const masks = await rows<{ name: string }>(
    `SELECT ${MASK_NAME_SQL} AS name FROM ${named} JOIN masks m ON m.image_id = i.image_id
      JOIN class_ids c ON c.dataset_id = i.dataset_id AND c.label_id = m.label_id
      ORDER BY i.image_id, m.label_id, instance`,
  )
  const rejects = await rows<{
    input: number
    kind: string
    reason: string
    text: string
    listed_under: string | null
  }>('FROM rejects ORDER BY input')
  return { rows, images: images.map(r => r.name), masks: masks.map(r => r.name), rejects }
}

const ingest = async (spec?: ReleaseSpec) => {
  const { dir, out } = await release(spec)
  const summary = await ingestRelease(dir, { out })
  return { summary, ...(await readBack(summary, out)) }
}

describe('a sound release', () => {
  test('every name rebuilds byte for byte, in the order of the manifest', async () => {
    const { summary, images, masks, rejects } = await ingest()
    expect(summary).toMatchObject({
      images: 6,
      masks: 8,
      seen: { images: 6, masks: 8 },
      rejects: {},
    })
    expect(images).toEqual([
      // modality, dataset, case, axis, slice, sub-modality
      'images/ct_00--BTCV--a--b (1) é日本😀--z_10000.png',
      'images/ct_00--BTCV--img.0001--x_0006.png',
      'images/ct_00--BTCV--img.0001--y_0000.png',
      'images/mr_flair--BraTS2021--BraTS2021_00218--z_0141.png',
      'images/mr_t1--BraTS2021--BraTS2021_00218--z_0141.png',
      'images/x_ray--Unheard--of--7-_.--2d_none.png',
    ])
    expect(masks.toSorted()).toEqual(SMALL_RELEASE.index.flatMap(([, list]) => list).toSorted())
    expect(rejects).toEqual([])
  })

  test('tables name what occurs, and nothing else', async () => {
    const { rows } = await ingest()
    expect(await rows('FROM datasets ORDER BY 1')).toEqual([
      { dataset_id: 0, dataset: 'BTCV', structures: 'Abdomen', is_released: true },
      {
        dataset_id: 1,
        dataset: 'BraTS2021',
        structures: 'Head and Neck|Lesion',
        is_released: true,
      },
      { dataset_id: 2, dataset: 'Unheard--of', structures: 'Thorax', is_released: null },
    ])
    expect(
      await rows('SELECT submodality, modality FROM submodalities ORDER BY submodality_id'),
    ).toEqual([
      { submodality: 'ct_00', modality: 'CT' },
      { submodality: 'mr_flair', modality: 'MR' },
      { submodality: 'mr_t1', modality: 'MR' },
      { submodality: 'x_ray', modality: 'X-ray' },
    ])
    const labels = await rows<Record<string, unknown>>(
      'SELECT label, organ, is_lesion, is_union FROM labels ORDER BY label_id',
    )
    expect(labels.map(row => Object.values(row))).toEqual([
      ['edema', 'Brain', true, false],
      ['liver', 'Liver', false, false],
      ['lung', 'Lung', false, false],
      ['spleen', 'Spleen', false, false],
      ['union_edema_necrosis', 'Brain', true, true],
    ])
    expect(await rows('SELECT case_name FROM cases ORDER BY case_id')).toHaveLength(4)
    expect(await rows('SELECT slice, width, bytes FROM images WHERE slice IS NULL')).toEqual([
      { slice: null, width: null, bytes: null },
    ])
  })

  test('one label name with two meanings has two rows', async () => {
    const { rows } = await ingest({
      index: [
        listed('ct_00--KiTS--1--x_0001', '0001_000'),
        listed('mr_t1--BraTS2021--1--x_0001', '0002_000'),
        listed('ct_00--KiTS2021--1--x_0001', '0003_000'),
      ],
      classMap: {
        KiTS: { tumor: '0001' },
        BraTS2021: { tumor: '0002' },
        KiTS2021: { tumor: '0003' },
      },
    })
    expect(await rows('SELECT label_id, label, organ FROM labels ORDER BY 1')).toEqual([
      { label_id: 0, label: 'tumor', organ: 'Brain' },
      { label_id: 1, label: 'tumor', organ: 'Kidney' },
    ])
    expect(await rows('SELECT dataset_id, label_id, class_id FROM class_ids ORDER BY 1')).toEqual([
      { dataset_id: 0, label_id: 0, class_id: '0002' },
      { dataset_id: 1, label_id: 1, class_id: '0001' },
      { dataset_id: 2, label_id: 1, class_id: '0003' },
    ])
  })

  test('the index itself can be given, with the class map beside it', async () => {
    const { indexPath, out } = await release()
    expect(await ingestRelease(indexPath, { out })).toMatchObject({ images: 6, masks: 8 })
  })

  test('names that are special in JavaScript are names like others', async () => {
    const special = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    const classMap = `{${special
      .map(name => `"${name}": {"${name}": "0001", "valueOf": "0002"}`)
      .join(', ')}}`
    const index = special.map(name => listed(`ct_00--${name}--${name}--x_0001`, '0001_000'))
    const { dir, out, classMapPath } = await release({ index, classMap: {} })
    await writeFile(classMapPath, classMap)
    const { images, rows } = await readBack(await ingestRelease(dir, { out }), out)
    expect(images.toSorted()).toEqual(index.map(([image]) => image).toSorted())
    expect(await rows('SELECT label, organ FROM labels ORDER BY label')).toEqual(
      special.toSorted().map(label => ({ label, organ: null })),
    )
  })

  test('a byte order mark in both files does not matter', async () => {
    const text = `\ufeff${indexText(SMALL_RELEASE.index)}`
    const { dir, out, classMapPath } = await release(SMALL_RELEASE, text)
    await writeFile(classMapPath, `\ufeff${JSON.stringify(SMALL_RELEASE.classMap)}`)
    expect(await ingestRelease(dir, { out })).toMatchObject({ images: 6, masks: 8, rejects: {} })
  })

  test.skipIf(!existsSync(SAMPLE))('the sample release (skipped where it is absent)', async () => {
    const { out } = await release()
    const summary = await ingestRelease(SAMPLE, { out })
    expect(summary).toMatchObject({ images: 7, masks: 30, rejects: {} })
    const index = JSON.parse(await readFile(join(SAMPLE, 'SAMed2D_v1.json'), 'utf8'))
    const { images, masks, rows } = await readBack(summary, out)
    expect(images.toSorted()).toEqual(Object.keys(index).toSorted())
    expect(masks.toSorted()).toEqual(Object.values<string[]>(index).flat().toSorted())
    expect(await rows('SELECT label FROM labels WHERE region IS NULL')).toEqual([])
  })
})

describe('a release with every defect', () => {
  const SOUND = 'ct_00--BTCV--1--x_0001'
  const spec: ReleaseSpec = {
    index: [
      listed(
        SOUND,
        '0001_000',
        '0001_000',
        '0009_000',
        '0004_000',
        '00001_000',
        '0001_01',
        '0002_000',
      ),
      [
        `images/${SOUND.replace('1--x', '2--x')}.png`,
        [`masks/${SOUND}--0001_000.png`, null, { a: [] }],
      ],
      ['images/ct_00--BTCV--3--x_0001.png', null],
      listed('ct_00--Nowhere--1--x_0001', '0001_000'),
      listed('ct_00--A--B--1--x_0001'),
      ['../ct_00--BTCV--1--x_0001.png', ['masks/a.png', 7]],
      ['__proto__', []],
      listed(SOUND, '0002_000', '0001_007'),
      listed('ct_00--BTCV--4--x_0001', '0001_000'),
    ],
    classMap: {
      BTCV: { liver: '0001', spleen: '0002', a: '0004', b: '0004', c: 5 },
      A: { x: '0000' },
      'A--B': { x: '0000' },
    },
  }

  test('sound rows stay, each defect has one reject, and all add up', async () => {
    const { summary, images, masks, rejects } = await ingest(spec)
    expect(images).toEqual([
      `images/${SOUND}.png`,
      'images/ct_00--BTCV--2--x_0001.png',
      'images/ct_00--BTCV--4--x_0001.png',
    ])
    expect(masks).toEqual([
      `masks/${SOUND}--0001_000.png`,
      `masks/${SOUND}--0002_000.png`,
      'masks/ct_00--BTCV--4--x_0001--0001_000.png',
    ])
    expect(summary.seen).toEqual({ images: 9, masks: 16 })
    expect(rejects.map(row => [row.kind, row.reason, row.text])).toEqual([
      ['class', 'bad-value', '"c": 5'],
      ['class', 'ambiguous-class-id', '"a": "0004"'],
      ['class', 'ambiguous-class-id', '"b": "0004"'],
      ['mask', 'duplicate-mask', `masks/${SOUND}--0001_000.png`],
      ['mask', 'unknown-class', `masks/${SOUND}--0009_000.png`],
      ['mask', 'ambiguous-class-id', `masks/${SOUND}--0004_000.png`],
      ['mask', 'bad-class-id', `masks/${SOUND}--00001_000.png`],
      ['mask', 'bad-number', `masks/${SOUND}--0001_01.png`],
      ['mask', 'mask-of-another-image', `masks/${SOUND}--0001_000.png`],
      ['mask', 'bad-value', 'null'],
      ['mask', 'bad-value', '{…}'],
      ['image', 'bad-value', 'images/ct_00--BTCV--3--x_0001.png: null'],
      ['image', 'unknown-dataset', 'images/ct_00--Nowhere--1--x_0001.png'],
      ['mask', 'image-rejected', 'masks/ct_00--Nowhere--1--x_0001--0001_000.png'],
      ['image', 'ambiguous-name', 'images/ct_00--A--B--1--x_0001.png'],
      ['image', 'path-trick', '../ct_00--BTCV--1--x_0001.png'],
      ['mask', 'image-rejected', 'masks/a.png'],
      ['mask', 'bad-value', '7'],
      ['image', 'wrong-folder', '__proto__'],
      ['image', 'duplicate-image', `images/${SOUND}.png`],
      ['mask', 'image-rejected', `masks/${SOUND}--0002_000.png`],
      ['mask', 'image-rejected', `masks/${SOUND}--0001_007.png`],
    ])
    expect(rejects.map(row => row.input)).toEqual(rejects.map((_, i) => i))
    expect(rejects.find(row => row.reason === 'mask-of-another-image')?.listed_under).toBe(
      'images/ct_00--BTCV--2--x_0001.png',
    )
    expect(summary.rejects).toEqual(summary.manifest.rejects)
  })

  test('a refused name that no file system could hold is kept as well as can be', async () => {
    const { rejects } = await ingest({
      index: [listed(SOUND), ['images/a\0b.png', []], ['images/\ud800.png', []]],
      classMap: spec.classMap,
    })
    expect(rejects.slice(-2).map(row => [row.reason, row.text])).toEqual([
      ['path-trick', 'images/a\0b.png'],
      ['path-trick', 'images/\ufffd.png'],
    ])
  })

  test('a mask under two images counts once, under the image of its name', async () => {
    const [first, second] = ['ct_00--BTCV--1--x_0001', 'ct_00--BTCV--1--x_0002']
    const { masks, rejects } = await ingest({
      index: [
        listed(first, '0001_000'),
        [`images/${second}.png`, [`masks/${first}--0001_000.png`, `masks/${second}--0001_000.png`]],
      ],
      classMap: { BTCV: { liver: '0001' } },
    })
    expect(masks).toEqual([`masks/${first}--0001_000.png`, `masks/${second}--0001_000.png`])
    expect(rejects).toEqual([
      {
        input: 0,
        kind: 'mask',
        reason: 'mask-of-another-image',
        text: `masks/${first}--0001_000.png`,
        listed_under: `images/${second}.png`,
      },
    ])
  })

  test('an image cannot have more masks than the format counts', async () => {
    const masks = Array.from({ length: 65_537 }, (_, i) =>
      i < 65_536 ? `0001_${String(i).padStart(3, '0')}` : '0002_000',
    )
    const { summary } = await ingest({
      index: [listed(SOUND, ...masks)],
      classMap: { BTCV: { liver: '0001', spleen: '0002' } },
    })
    expect(summary).toMatchObject({ masks: 65_535, rejects: { 'too-many-masks': 2 } })
  })
})

test('nothing disappears and nothing is invented, whatever is repeated or mixed up', async () => {
  const stems = [
    'ct_00--BTCV--1--x_0001',
    'ct_00--BTCV--1--x_0002',
    'mr_t1--BTCV--1--x_0001',
    'zz--q',
  ]
  const tails = ['0001_000', '0002_001', '0003_000', '1_0']
  const mask = fc
    .tuple(fc.constantFrom(...stems), fc.constantFrom(...tails))
    .map(([stem, tail]) => `masks/${stem}--${tail}.png`)
  const entry = fc.tuple(
    fc.constantFrom(...stems).map(stem => `images/${stem}.png`),
    fc.array(mask, { maxLength: 5 }),
  )
  const classMap = { BTCV: { liver: '0001', spleen: '0002' } }
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), async entries => {
      const index = [listed('ct_00--BTCV--0--x_0001'), ...entries] as const
      const { images, masks, rejects } = await ingest({ index, classMap })
      const texts = (kind: string) => rejects.filter(row => row.kind === kind).map(row => row.text)
      expect([...images, ...texts('image')].toSorted()).toEqual(
        index.map(([key]) => key).toSorted(),
      )
      expect([...masks, ...texts('mask')].toSorted()).toEqual(
        index.flatMap(([, list]) => list).toSorted(),
      )
      expect(new Set(images).size).toBe(images.length)
      expect(new Set(masks).size).toBe(masks.length)
    }),
    { numRuns: 12 },
  )
})

describe('failures leave the old manifest and no leftovers', () => {
  const parentOf = (out: string) => readdirSync(dirname(out)).toSorted()

  test.each([
    [
      'a cut index',
      indexText(SMALL_RELEASE.index).slice(0, 400),
      /byte 400: the file ends in the middle/,
    ],
    ['an empty index', '{}', /SAMed2D_v1\.json: lists no images/],
    ['an empty file', '', /SAMed2D_v1\.json: the file is empty; download it again/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /byte 0: this is gzip data; unpack it first/],
    ['HTML', '<!DOCTYPE html>', /byte 0: this is an HTML or XML page; download the file itself/],
    ['a list', '["images/a.png"]', /byte 0: expected one JSON object/],
    ['an index of another release', '{"a": []}', /every image was rejected \(wrong-folder: 1\)/],
  ])('%s', async (_, rawIndex, message) => {
    const { dir, out, indexPath } = await release()
    const { manifest } = await ingestRelease(dir, { out })
    await writeFile(indexPath, rawIndex)
    const error = await ingestRelease(dir, { out }).catch(thrown => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(message)
    expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')).id).toBe(manifest.id)
    expect(parentOf(out)).toEqual(['SAMed2Dv1', 'manifest'])
  })

  /** An ingest onto an earlier manifest whose staging tables something happens to. */
  async function ingestTampered(tamper: (staging: Staging) => Promise<unknown>) {
    const { dir, out, indexPath } = await release()
    const { manifest } = await ingestRelease(dir, { out })
    await writeFile(indexPath, indexText(SMALL_RELEASE.index.slice(1).concat([['x', ['y', 'z']]])))
    const effects = {
      openStaging,
      writeManifest: async (staging: Staging, options: WriteOptions) => {
        await tamper(staging)
        return writeManifest(staging, options)
      },
      now: () => 0,
    }
    const error = await ingestRelease(dir, { out }, effects).catch(thrown => thrown)
    expect((await readManifest(out, { verifyHashes: true })).manifest.id).toBe(manifest.id)
    expect(parentOf(out)).toEqual(['SAMed2Dv1', 'manifest'])
    return error
  }

  test.each([
    ['ENOSPC: no space left on device, write', /no space left .* free disk space/],
    ['TransactionContext Error: Could not write file "x": Input/output error', /cannot be written/],
  ])('a disk that fails while the manifest is written: %s', async (text, message) => {
    const error = await ingestTampered(async () => {
      throw new Error(text)
    })
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(/\/manifest: /)
    expect(error.message).toMatch(message)
  })

  test.each([
    ['a mask with the label of another', 'stage_masks SET label_id = 1 - label_id WHERE rowid = 0'],
    ['a mask on another image', 'stage_masks SET image_id = 1 WHERE image_id = 0'],
    ['an instance number', 'stage_masks SET instance = instance + 1 WHERE instance = 1000'],
    [
      'masks that exchange their images',
      'stage_masks SET image_id = CASE image_id WHEN 3 THEN 4 WHEN 4 THEN 3 ELSE image_id END',
    ],
    ['a slice', 'stage_images SET slice = slice + 1 WHERE image_id = 0'],
    ['an axis', 'stage_images SET axis_id = 1 - axis_id WHERE image_id = 1'],
    ['one character of a case', "stage_cases SET case_name = replace(case_name, '😀', '😁')"],
    ['a class id', "class_ids SET class_id = '0007' WHERE class_id = '0002'"],
    ['a reject', "rejects SET text = 'y' WHERE text = 'z'"],
  ])('a bug that changes %s is found before the manifest is replaced', async (_, update) => {
    const error = await ingestTampered(({ engine }) => engine.run(`UPDATE ${update}`))
    expect(error).not.toBeInstanceOf(UserError)
    expect(error.message).toMatch(
      /a bug in ingest: the names of the (images|masks) written are not the names read/,
    )
  })

  test('a folder that cannot be is named', async () => {
    const { dir, indexPath, out } = await release()
    for (const bad of [indexPath, join(indexPath, 'manifest')]) {
      const error = await ingestRelease(dir, { out: bad }).catch(thrown => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect(error.message).toMatch(/SAMed2D_v1\.json.*ENOTDIR.*choose another --out folder/)
    }
    await mkdir(out)
    await writeFile(join(out, 'thesis.tex'), '')
    await expect(ingestRelease(dir, { out })).rejects.toThrow(
      /holds "thesis\.tex", which is not part of a manifest; choose an empty --out folder/,
    )
  })

  test('missing files are named', async () => {
    const { dir, out, classMapPath } = await release()
    await expect(ingestRelease(join(dir, 'nope'), { out })).rejects.toThrow(/nope: no such file/)
    await expect(ingestRelease(join(dir, 'images.tar'), { out })).rejects.toThrow(/no such file/)
    await rm(classMapPath)
    await expect(ingestRelease(dir, { out })).rejects.toThrow(
      /class_mapping_id\.json: no such file/,
    )
    await mkdir(classMapPath)
    await expect(ingestRelease(dir, { out })).rejects.toThrow(/cannot be read/)
    expect(parentOf(out)).toEqual(['SAMed2Dv1'])
  })
})
