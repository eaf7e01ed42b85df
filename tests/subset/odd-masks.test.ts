import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import { measure } from '../../lib/measure/measure.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { FORMATS } from '../../lib/subset/formats'
import { fakeEffects } from '../cli/fake-effects'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { greyPng } from '../images/png'
import { type Files, releaseWith } from '../measure/measured-release'

const stem = (name: string) => `ct_00--BTCV--${name}--z_0001`
const mask = (name: string, key: string) => `masks/${stem(name)}--${key}.png`
const image = (name: string) => `images/${stem(name)}.png`

const SPEC: ReleaseSpec = {
  index: [
    listed(stem('both'), '0001_000', '0002_000', '0003_000'),
    listed(stem('empty'), '0001_000'),
    listed(stem('sound'), '0001_000'),
    listed(stem('unmasked')),
  ],
  classMap: { BTCV: { liver: '0001', spleen: '0002', aorta: '0003' } },
}
const corner = (x: number, y: number) => (x < 3 && y < 2 ? 255 : 0)
const grey = (x: number, y: number) => 7 * x + y
const EMPTY = [mask('both', '0002_000'), mask('empty', '0001_000')]
const WRONG = mask('both', '0003_000')
const SOUND = [mask('both', '0001_000'), mask('sound', '0001_000')]
const FILES: Files = {
  ...Object.fromEntries(
    ['both', 'empty', 'sound', 'unmasked'].map(name => [image(name), greyPng(9, 7, grey)]),
  ),
  ...Object.fromEntries(SOUND.map(path => [path, greyPng(9, 7, corner)])),
  ...Object.fromEntries(EMPTY.map(path => [path, greyPng(9, 7, () => 0)])),
  [WRONG]: greyPng(7, 9, corner),
}

/** A measured release, and a command on it: what it writes, and its lines. */
async function released(sizeOnly = false) {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await measure(await readManifest(out), dir, { sizeOnly })
  return async (format: string, ...options: string[]) => {
    const effects = fakeEffects()
    const path = join(out, '..', `out.${format}`)
    const args = ['subset', '--manifest', out, '--format', format, '--out', path, ...options]
    expect(await main(args, effects)).toBe(0)
    const said = [...effects.lines, effects.output()].join('\n')
    return { dir, said, text: await readFile(path, 'latin1') }
  }
}

test('formats whose readers cannot use odd masks omit them and say so; the others have every mask', async () => {
  const write = await released()
  for (const [format, { omits }] of Object.entries(FORMATS)) {
    if (format === 'parquet') continue
    const { text, said } = await write(format)
    const has = (path: string) => text.includes(path)
    expect(SOUND.every(has), format).toBe(true)
    expect([...EMPTY, WRONG].map(has), format).toEqual([...EMPTY, WRONG].map(() => !omits.oddMasks))
    // An image that is left without a mask is left out where its reader needs one.
    for (const name of ['empty', 'unmasked'])
      if (format !== 'nnunet') expect(has(image(name)), `${format} ${name}`).toBe(!omits.unmasked)
    if (!omits.oddMasks) expect(said).not.toContain('Left out')
    else
      expect(said).toContain(
        `Left out of ${format}, which cannot use them: 2 empty masks and 1 mask of another size than its image${omits.unmasked ? ', and 1 image left without a mask' : ''}, such as ${WRONG}, ${EMPTY.join(', ')}; --where 'flag=!mask_empty,!mask_wrong_size' leaves out all images with such masks`,
      )
  }
})

test('the filter that is printed leaves out exactly the images with such masks', async () => {
  const write = await released()
  const { text, said } = await write('files', '--where', 'flag=!mask_empty,!mask_wrong_size')
  expect(text.split('\n').filter(line => line.startsWith('images/'))).toEqual([
    image('sound'),
    image('unmasked'),
  ])
  expect(said).not.toContain('another size')
})

test('counting alone says how many there are', async () => {
  const { dir, out } = await releaseWith(SPEC, FILES)
  await measure(await readManifest(out), dir)
  const effects = fakeEffects()
  expect(await main(['subset', '--manifest', out], effects)).toBe(0)
  const { images, masks } = sizes()
  expect(effects.output()).toContain(
    '2 empty masks and 1 mask of another size than its image: image2label, label2image, coco, monai, nnunet and imagefolder omit them; flag=!mask_empty,!mask_wrong_size excludes their images',
  )
  const json = fakeEffects()
  await main(['subset', '--manifest', out, '--json'], json)
  expect(JSON.parse(json.output()).cost).toMatchObject({
    emptyMasks: 2,
    wrongSizeMasks: 1,
    imageBytes: images,
    maskBytes: masks,
  })
})

const sizes = () => {
  const bytes = (folder: string) =>
    Object.entries(FILES)
      .filter(([path]) => path.startsWith(folder))
      .reduce((sum, [, data]) => sum + data.length, 0)
  return { images: bytes('images/'), masks: bytes('masks/') }
}

test('what measuring did not know is found in the pixels', async () => {
  const write = await released(true)
  const { dir } = await write('files')
  const { text, said } = await write('coco', '--images', dir)
  const { annotations } = JSON.parse(text)
  expect(annotations.map((one: { mask_file: string }) => one.mask_file)).toEqual(SOUND)
  expect(said).toContain('2 empty masks and 1 mask of another size than its image')
  expect(said).toContain(WRONG)
})
