import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../archive/temporary-archive'
import { listed, type ReleaseSpec } from '../../fixtures/release'
import { greyPng, makePng } from '../../images/png'
import { archiveOf, type Files, releaseWith } from '../../measure/measured-release'
import { runFetch } from './fetch-release'

const [W, H] = [12, 10]

interface Box {
  readonly key: string
  readonly box: readonly [number, number, number, number]
}

const within = ([x0, y0, x1, y1]: Box['box'], x: number, y: number) =>
  x >= x0 && x < x1 && y >= y0 && y < y1

const rgbPng = (at: (x: number, y: number) => readonly [number, number, number]) =>
  makePng({
    width: W,
    height: H,
    colorType: 2,
    data: Uint8Array.from(
      Array.from({ length: W * H }).flatMap((_, i) => at(i % W, Math.floor(i / W))),
    ),
  })

/** Grey as slices of the release are: RGB with equal channels. */
const equalRgb = (seed: number) =>
  rgbPng((x, y) => {
    const value = (x * 7 + y * 13 + seed * 31) % 251
    return [value, value, value]
  })

const CLASS_MAP = {
  BTCV: { background: '0001', liver: '0002', tumor: '0003', union_liver_tumor: '0004' },
}
/** Class → value: labels in the order of their names, without the merged one. */
const VALUE: Readonly<Record<string, number>> = { '0001': 1, '0002': 2, '0003': 3 }

const stemOf = (i: number) => `ct_00--BTCV--case.${i}--z_0001`
const BOXES: readonly (readonly Box[])[] = Array.from({ length: 8 }, (_, i) => [
  { key: '0001_000', box: [0, 0, 3 + (i % 3), 4] },
  { key: '0002_000', box: [1, 1, 10, 9] },
  { key: '0003_000', box: [2 + (i % 4), 2, 6, 5] },
  { key: '0003_001', box: [7, 6, 12, 10] },
  { key: '0004_000', box: [0, 0, 11, 9] },
])

const SPEC: ReleaseSpec = {
  classMap: CLASS_MAP,
  index: BOXES.map((boxes, i) => listed(stemOf(i), ...boxes.map(({ key }) => key))),
}
const filesOf = (image: (i: number) => Buffer): Record<string, Buffer> =>
  Object.fromEntries(
    BOXES.flatMap((boxes, i) => [
      [`images/${stemOf(i)}.png`, image(i)],
      ...boxes.map(({ key, box }) => [
        `masks/${stemOf(i)}--${key}.png`,
        greyPng(W, H, (x, y) => (within(box, x, y) ? 255 : 0)),
      ]),
    ]),
  )

/** Samples of an 8-bit PNG that is grey or RGB. */
const raw = async (path: string) => {
  const png = await readFile(path)
  const [depth, colorType] = [png[24], png[25]]
  expect({ path, depth, known: colorType === 0 || colorType === 2 }).toEqual({
    path,
    depth: 8,
    known: true,
  })
  const picture = sharp(png).toColourspace(colorType === 0 ? 'b-w' : 'srgb')
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data: [...data], channels: info.channels }
}

/** Pixel by pixel: of the boxes that cover it, the smallest; of equal ones the last. */
const naive = (boxes: readonly Box[]) =>
  Array.from({ length: W * H }, (_, at) => {
    let [best, value] = [Number.POSITIVE_INFINITY, 0]
    for (const { key, box } of boxes) {
      const [x0, y0, x1, y1] = box
      const area = (x1 - x0) * (y1 - y0)
      const own = VALUE[key.slice(0, 4)]
      if (own === undefined || !within(box, at % W, Math.floor(at / W)) || area > best) continue
      best = area
      value = own
    }
    return value
  })

async function release(files: Files, spec = SPEC) {
  const made = await releaseWith(spec, files)
  const zip = await archiveOf(made, files)
  const out = join(await temporaryFolder(), 'Dataset501_BTCV')
  const run = (...args: string[]) =>
    runFetch('--manifest', made.out, '--out', out, '--where', 'union=0,1', ...args)
  return { ...made, zip, out, run }
}

const json = async (...path: string[]) => JSON.parse(await readFile(join(...path), 'utf8'))
const pngs = async (dir: string) => (await readdir(dir).catch(() => [])).sort()

test.each(['archive', 'folder'])(
  'nnunet, from an %s: label maps as composed naively, grey images with one channel',
  async from => {
    const { dir, zip, out, run } = await release(filesOf(equalRgb))
    const args = ['--layout', 'nnunet', '--archive', from === 'archive' ? zip : dir]
    const { code, lines } = await run(...args, '--split', '0.5,0.25,0.25')
    expect(code, lines).toBe(0)
    const dataset = await json(out, 'dataset.json')
    expect(dataset).toMatchObject({
      channel_names: { 0: 'grey' },
      labels: { background: 0, label_background: 1, liver: 2, tumor: 3 },
      file_ending: '.png',
    })
    const [train, test] = [await pngs(join(out, 'labelsTr')), await pngs(join(out, 'labelsTs'))]
    expect(train).toHaveLength(dataset.numTraining)
    expect(train.length + test.length).toBe(BOXES.length)
    expect(test.length).toBeGreaterThan(0)
    const lost: Record<string, number> = {}
    for (const [i, boxes] of BOXES.entries()) {
      const part = train.includes(`${stemOf(i)}.png`) ? 'Tr' : 'Ts'
      const map = await raw(join(out, `labels${part}`, `${stemOf(i)}.png`))
      const expected = naive(boxes)
      expect(map).toEqual({ data: expected, channels: 1 })
      const image = await raw(join(out, `images${part}`, `${stemOf(i)}_0000.png`))
      expect(image.channels).toBe(1)
      const source = await raw(join(dir, 'images', `${stemOf(i)}.png`))
      expect(image.data).toEqual(source.data.filter((_, at) => at % 3 === 0))
      for (const [label, value] of [
        ['background', 1],
        ['liver', 2],
        ['tumor', 3],
      ] as const)
        for (const [at, found] of expected.entries()) {
          const own = boxes.filter(({ key }) => VALUE[key.slice(0, 4)] === value)
          const covers = own.some(({ box }) => within(box, at % W, Math.floor(at / W)))
          if (covers && found !== value) lost[label] = (lost[label] ?? 0) + 1
        }
    }
    const report = await json(out, 'composition.json')
    for (const { label, lost: n } of report.labels) expect(n, label).toBe(lost[label] ?? 0)
    expect(lost.liver).toBeGreaterThan(0)
    expect(report.masksLeftOut.merged).toBe(BOXES.length)
    const mergedOnly = BOXES.flatMap(boxes =>
      naive(boxes).filter(
        (value, at) =>
          value === 0 &&
          boxes.some(
            ({ key, box }) => key === '0004_000' && within(box, at % W, Math.floor(at / W)),
          ),
      ),
    )
    expect(report.mergedOnly).toEqual({ pixels: mergedOnly.length, images: BOXES.length })
    const [splits] = await json(out, 'splits_final.json')
    expect([...splits.train, ...splits.val].sort()).toEqual(train.map(name => name.slice(0, -4)))
    expect(splits.val.length).toBeGreaterThan(0)
  },
)

test('a second run keeps what is right, mends the rest, and another dataset is refused', async () => {
  const { dir, out, run } = await release(filesOf(equalRgb))
  const args = ['--layout', 'nnunet', '--archive', dir]
  expect((await run(...args, '--folds', '2')).code).toBe(0)
  const splits = await json(out, 'splits_final.json')
  expect(splits).toHaveLength(2)
  expect([...splits[0].val, ...splits[1].val].sort()).toEqual(BOXES.map((_, i) => stemOf(i)).sort())
  const texts = ['dataset.json', 'splits_final.json', 'cases.jsonl', 'composition.json']
  const read = () => Promise.all(texts.map(name => readFile(join(out, name), 'utf8')))
  const before = await read()
  const map = join(out, 'labelsTr', `${stemOf(0)}.png`)
  const right = await readFile(map)
  await writeFile(map, 'damaged')
  await rm(join(out, 'imagesTr', `${stemOf(1)}_0000.png`))
  await writeFile(join(out, 'cases.jsonl'), `${before[2]}{"stem":"half`)
  const again = await run(...args, '--folds', '2', '--json')
  expect(again.code, again.lines).toBe(0)
  expect(JSON.parse(again.output)).toMatchObject({ files: 12, skipped: 36 })
  expect((await readFile(map)).equals(right)).toBe(true)
  expect(await read()).toEqual(before)
  const other = await run(...args, '--folds', '2', '--overlap-rule', 'order=liver,tumor,background')
  expect(other.code).toBe(1)
  expect(other.lines).toContain('choose another --out')
})

test('colour images have three channels with names; grey ones beside them are refused by name', async () => {
  const color = (i: number) => rgbPng((x, y) => [x * 9, y * 9, i])
  const { dir, out, run } = await release(filesOf(color))
  expect((await run('--layout', 'nnunet', '--archive', dir)).code).toBe(0)
  expect((await json(out, 'dataset.json')).channel_names).toEqual({ 0: 'R', 1: 'G', 2: 'B' })
  expect((await raw(join(out, 'imagesTr', `${stemOf(3)}_0000.png`))).channels).toBe(3)

  const mixed = await release(filesOf(i => (i === 5 ? greyPng(W, H, x => x) : color(i))))
  const refused = await mixed.run('--layout', 'nnunet', '--archive', mixed.dir)
  expect(refused.code).toBe(1)
  expect(refused.lines).toContain(`images/${stemOf(5)}.png is grey`)
  expect(await readdir(mixed.out)).not.toContain('dataset.json')
  const rgb = await mixed.run('--layout', 'nnunet', '--archive', mixed.dir, '--channels', 'rgb')
  expect(rgb.code, rgb.lines).toBe(0)
  expect(await raw(join(mixed.out, 'imagesTr', `${stemOf(5)}_0000.png`))).toEqual({
    channels: 3,
    data: Array.from({ length: W * H * 3 }, (_, i) => Math.floor(i / 3) % W),
  })
})

test('empty masks, masks of another size and images without others are left out and counted', async () => {
  const files = filesOf(equalRgb)
  files[`masks/${stemOf(0)}--0002_000.png`] = greyPng(W, H, () => 0)
  files[`masks/${stemOf(1)}--0002_000.png`] = greyPng(H, W, () => 255)
  for (const { key } of BOXES[2] ?? [])
    files[`masks/${stemOf(2)}--${key}.png`] = greyPng(W, H, () => 0)
  files[`masks/${stemOf(3)}--0002_000.png`] = Buffer.from('no picture')
  const { dir, out, run } = await release(files)
  const { code, lines } = await run('--layout', 'nnunet', '--archive', dir)
  expect(code, lines).toBe(0)
  expect(await json(out, 'composition.json')).toMatchObject({
    images: 6,
    masksLeftOut: { empty: 5, 'wrong-size': 1 },
    imagesLeftOut: { masks: 1, picture: 1 },
  })
  const map = await raw(join(out, 'labelsTr', `${stemOf(0)}.png`))
  expect(map.data).toEqual(naive((BOXES[0] ?? []).filter(({ key }) => key !== '0002_000')))
  expect(await pngs(join(out, 'imagesTr'))).toHaveLength(6)
  expect(lines).toContain('5 empty, 1 of another size than their image')
  expect(lines).toContain('1 without a usable mask, 1 damaged or too large')
})

test('refuse names the masks that overlap; a manifest is needed; other layouts have no rule', async () => {
  const { dir, run } = await release(filesOf(equalRgb))
  const args = ['--layout', 'nnunet', '--archive', dir]
  const refused = await run(...args, '--overlap-rule', 'refuse')
  expect(refused.code).toBe(1)
  expect(refused.lines).toMatch(
    /masks\/ct_00--BTCV--case\.\d--z_0001--\d{4}_\d{3}\.png covers \d+ px/,
  )
  const idle = await run('--archive', dir, '--fix', 'known')
  expect(idle).toMatchObject({ code: 2 })
  const list = await runFetch('--file', 'a.png', ...args, '--out', join(dir, 'x'))
  expect(list.lines).toContain('needs a manifest')
})

test('medsam: images and label maps have the same names without dots, in a folder for each split', async () => {
  const { dir, out, run } = await release(filesOf(equalRgb))
  const { code, lines } = await run('--layout', 'medsam', '--archive', dir, '--split', '0.5,0.5,0')
  expect(code, lines).toBe(0)
  const train = await pngs(join(out, 'train', 'labels'))
  expect(train.length).toBeGreaterThan(0)
  expect(await pngs(join(out, 'train', 'images'))).toEqual(train)
  expect(await pngs(join(out, 'val', 'images'))).toEqual(await pngs(join(out, 'val', 'labels')))
  for (const name of train) expect(name.split('.')).toHaveLength(2)
  const nth = Number(/case%2E(\d)/.exec(train[0] ?? '')?.[1])
  expect(await raw(join(out, 'train', 'labels', train[0] ?? ''))).toEqual({
    data: naive(BOXES[nth] ?? []),
    channels: 1,
  })
  expect(await json(out, 'labels.json')).toEqual({
    background: 0,
    label_background: 1,
    liver: 2,
    tumor: 3,
  })
})

test('--fix known inverts discs, leaves out whole cavities and swaps names; each file is listed', async () => {
  const adam = 'fundus_photography--ichallenge_adam_task2--a1--2d_none'
  const acdc = 'mr_00--ACDC--patient001_frame01--x_0006'
  const spec: ReleaseSpec = {
    classMap: {
      ichallenge_adam_task2: { optic_disc: '0000' },
      ACDC: {
        heart_ventricle_left: '0001',
        heart_ventricle_right: '0002',
        union_heart_myocardium_heart_ventricle_right: '0003',
      },
    },
    index: [listed(adam, '0000_000', '0000_001'), listed(acdc, '0001_000', '0002_000', '0003_000')],
  }
  const disc = (x: number, y: number) => within([2, 2, 6, 6], x, y)
  const files: Files = {
    [`images/${adam}.png`]: equalRgb(1),
    [`masks/${adam}--0000_000.png`]: greyPng(W, H, (x, y) => (disc(x, y) ? 0 : 255)),
    [`masks/${adam}--0000_001.png`]: greyPng(W, H, (x, y) => (x === 11 && y > 7 ? 255 : 0)),
    [`images/${acdc}.png`]: equalRgb(2),
    [`masks/${acdc}--0001_000.png`]: greyPng(W, H, x => (x < 4 ? 255 : 0)),
    [`masks/${acdc}--0002_000.png`]: greyPng(W, H, x => (x > 7 ? 255 : 0)),
    [`masks/${acdc}--0003_000.png`]: greyPng(W, H, () => 255),
  }
  const { dir, out, run } = await release(files, spec)
  const { code, lines } = await run('--layout', 'nnunet', '--archive', dir, '--fix', 'known')
  expect(code, lines).toBe(0)
  const { labels } = await json(out, 'dataset.json')
  expect(labels).toEqual({
    background: 0,
    heart_ventricle_left: 1,
    heart_ventricle_right: 2,
    optic_disc: 3,
  })
  const at = (i: number) => [i % W, Math.floor(i / W)] as const
  expect((await raw(join(out, 'labelsTr', `${adam}.png`))).data).toEqual(
    Array.from({ length: W * H }, (_, i) => {
      const [x, y] = at(i)
      return disc(x, y) || (x === 11 && y > 7) ? 3 : 0
    }),
  )
  expect((await raw(join(out, 'labelsTr', `${acdc}.png`))).data).toEqual(
    Array.from({ length: W * H }, (_, i) => (at(i)[0] < 4 ? 2 : at(i)[0] > 7 ? 1 : 0)),
  )
  expect((await readFile(join(out, 'fixed.csv'), 'utf8')).trim().split('\n').sort()).toEqual(
    [
      'path,fix',
      `masks/${adam}--0000_000.png,inverted`,
      `masks/${acdc}--0001_000.png,label heart_ventricle_left is now heart_ventricle_right`,
      `masks/${acdc}--0002_000.png,label heart_ventricle_right is now heart_ventricle_left`,
      `masks/${acdc}--0003_000.png,left out: covers the whole cavity`,
    ].sort(),
  )
  expect(lines).toContain('4 files with known defects')
})

test('missing pictures: an error and no dataset.json; --allow-missing leaves their images out', async () => {
  const { dir, out, run } = await release(filesOf(equalRgb))
  await rm(join(dir, 'masks', `${stemOf(4)}--0003_001.png`))
  const args = ['--layout', 'nnunet', '--archive', dir]
  const without = await run(...args)
  expect(without.code).toBe(1)
  expect(await readdir(out)).not.toContain('dataset.json')
  const allowed = await run(...args, '--allow-missing')
  expect(allowed.code, allowed.lines).toBe(0)
  expect((await json(out, 'dataset.json')).numTraining).toBe(BOXES.length - 1)
  expect(await pngs(join(out, 'labelsTr'))).not.toContain(`${stemOf(4)}.png`)
  expect(await json(out, 'composition.json')).toMatchObject({ incomplete: 1 })
})
