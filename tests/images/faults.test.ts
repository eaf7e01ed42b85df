import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { assertReadable } from '../../lib/images/image-store'
import { pixelsOf } from './decode-png'
import { IMAGE, LIVER, type Pictures, pictures, SPLEEN, SPLEEN_1 } from './picture-release'
import { greyPng, makePng } from './png'

const sound = greyPng(8, 8)
const MASKS = { [LIVER]: sound, [SPLEEN]: sound, [SPLEEN_1]: sound }

/** What a request for a picture that cannot be shown is answered with. */
async function fault({ get }: Pictures, url = '0?masks=none') {
  const { status, headers, body } = await get(url)
  const { width, height } = await pixelsOf(body)
  expect([width, height]).toEqual(url.includes('png') ? [512, 384] : [256, 192])
  expect(headers['Cache-Control']).toBe('no-store')
  return { status, message: decodeURI(headers['X-Samed2d-Fault'] ?? '') }
}

const flipped = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x10
  return copy
}

/** Zeros by the hundred megabytes, in a chunk of text. */
const bomb = deflateSync(Buffer.alloc(64 << 20))

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')

test.each([
  ['zero bytes', Buffer.alloc(0), 422, /^corrupt: images.*: the file is empty$/],
  [
    'cut off in its header',
    sound.subarray(0, 20),
    422,
    /^corrupt: .*cut off, or damaged at its start$/,
  ],
  ['cut off in its pixels', sound.subarray(0, -20), 422, /^corrupt: .*cut off$/],
  ['a flipped bit in its pixels', flipped(sound, sound.length - 24), 422, /^corrupt: .*damaged/],
  ['a flipped bit in its header', flipped(sound, 19), 422, /^corrupt: .*damaged/],
  ['SVG under its name', svg, 422, /^corrupt: .*not a PNG file$/],
  [
    '16001 × 16000 px',
    makePng({ width: 16001, height: 16000, bitDepth: 1, data: new Uint8Array(2001 * 16000) }),
    422,
    /^too-large: .*16001 × 16000 px; at most 256 million pixels are decoded$/,
  ],
  [
    'no pixels',
    makePng({ width: 0, height: 1, data: new Uint8Array(0) }),
    422,
    /^corrupt: .*0 × 1 px$/,
  ],
])('an image that is %s', async (_, bytes, status, message) => {
  const made = await pictures({ ...MASKS, [IMAGE]: bytes })
  expect(await fault(made)).toEqual({ status, message: expect.stringMatching(message) })
})

test.each(['zTXt', 'iCCP'])('what a %s chunk unpacks to is not even looked at', async type => {
  const extra = [[type, Buffer.concat([Buffer.from('x\0\0'), bomb])]] as const
  const image = makePng({ width: 8, height: 8, data: new Uint8Array(64).fill(5), extra })
  const { get } = await pictures({ [IMAGE]: image })
  const before = process.memoryUsage().rss
  const { at } = await pixelsOf((await get('0?w=full&masks=none')).body)
  expect(at(0, 0)).toEqual([5, 5, 5])
  expect(process.memoryUsage().rss - before).toBeLessThan(48e6)
})

test('a colour that its palette lacks is black', async () => {
  const data = Uint8Array.of(9, 0)
  const image = makePng({ width: 2, height: 1, colorType: 3, palette: [[1, 2, 3]], data })
  const { get } = await pictures({ [IMAGE]: image })
  const { at } = await pixelsOf((await get('0?w=full&masks=none')).body)
  expect([at(0, 0), at(1, 0)]).toEqual([
    [0, 0, 0],
    [1, 2, 3],
  ])
})

test('a file that is not there', async () => {
  const made = await pictures({})
  const message = `missing: ${IMAGE}: not in the image folder`
  expect(await fault(made)).toEqual({ status: 404, message })
  expect(await fault(made, '0/original.png')).toEqual({ status: 404, message })
})

test('a mask of another size than its image names both, and the way to see the image', async () => {
  const made = await pictures({ ...MASKS, [IMAGE]: sound, [SPLEEN]: greyPng(4, 8) })
  expect(await fault(made, '0')).toEqual({
    status: 422,
    message: `wrong-size: ${SPLEEN}: is 4 × 8 px, but the image is 8 × 8 px; request masks=none to see the image`,
  })
  expect((await made.get('0?masks=liver')).status).toBe(200)
  expect((await made.get('0?masks=none')).status).toBe(200)
})

test('a damaged mask is named', async () => {
  const made = await pictures({ ...MASKS, [IMAGE]: sound, [LIVER]: sound.subarray(0, 50) })
  expect(await fault(made, '0')).toEqual({
    status: 422,
    message: `corrupt: ${LIVER}: cut off`,
  })
})

test('what lies outside of the folder is not reached through links', async () => {
  const made = await pictures(MASKS)
  const outside = join(made.release.dir, '..', 'secret.png')
  await writeFile(outside, sound)
  await symlink(outside, join(made.release.dir, IMAGE))
  const message = `outside: ${IMAGE}: a link that leads out of the folders that may be read; --allow-root allows further folders`
  expect(await fault(made)).toEqual({ status: 403, message })
  expect((await fault(made, '0/original.png')).status).toBe(403)
  await rm(join(made.release.dir, 'masks'), { recursive: true })
  await symlink(join(made.release.dir, '..'), join(made.release.dir, 'masks'))
  await mkdir(join(made.release.dir, '..', 'images'))
  expect((await fault(made, '0/masks/0001_000.png')).status).toBe(404)
})

test('a file larger than is read', async () => {
  const made = await pictures({ ...MASKS, [IMAGE]: sound })
  // A hole takes no room on the disk.
  await truncate(join(made.release.dir, IMAGE), 2 ** 27)
  expect(await fault(made, '0/original.png')).toEqual({
    status: 422,
    message: `too-large: ${IMAGE}: 134 MB; at most 67.1 MB are read`,
  })
  await truncate(join(made.release.dir, IMAGE), 2 ** 31)
  expect(await fault(made)).toEqual({
    status: 422,
    message: `too-large: ${IMAGE}: 2.15 GB; at most 1.07 GB are read`,
  })
  expect(() => assertReadable('m.png', 2 ** 26, 2 ** 26)).not.toThrow()
  expect(() => assertReadable('m.png', 2 ** 26, 2 ** 28 - 1)).toThrow(
    'm.png: the image and its masks exceed 268 MB; request fewer masks',
  )
})

test('a folder in place of a file', async () => {
  const made = await pictures(MASKS)
  await mkdir(join(made.release.dir, IMAGE))
  expect(await fault(made)).toEqual({ status: 502, message: `unreadable: ${IMAGE}: not a file` })
})

test('no store, and how to connect one', async () => {
  const made = await pictures({}, { images: 'none' })
  const { status, message } = await fault(made, '0')
  expect(status).toBe(404)
  expect(message).toMatch(
    /^no-store: No image store is connected\. Restart the server with --images/,
  )
})

test('an image that the manifest does not have', async () => {
  const made = await pictures({})
  expect(await fault(made, '3')).toEqual({
    status: 404,
    message: 'unknown-image: The manifest has no image 3.',
  })
})

test('faults are counted, the latest said, and the service goes on', async () => {
  const made = await pictures({ [IMAGE]: sound })
  await fault(made, '0')
  await fault(made, '1')
  await fault(made, '4000000000')
  expect((await made.get('0?masks=none')).status).toBe(200)
  const status = JSON.parse(String((await made.get('status')).body))
  expect(status).toMatchObject({
    store: { kind: 'directory', source: 'SAMed2Dv1' },
    drawn: 1,
    queue: { running: 0, waiting: 0 },
    cache: null,
    faults: { missing: 2, 'unknown-image': 1 },
  })
  expect(status.latest[0]).toBe('The manifest has no image 4000000000.')
})
