import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { connectImages } from '../../cli/connect-images'
import { pathOf } from '../../lib/images/image-row'
import { openImageRows } from '../../lib/images/image-rows.node.ts'
import { openStore } from '../../lib/images/open-store.node.ts'
import { renderPicture } from '../../lib/images/render.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { verifyManifest } from '../../lib/verify/verify-manifest.node.ts'
import { fakeEffects } from '../cli/fake-effects'
import { describeSamples, RELEASE, ZIP } from '../fixtures/sample-release'

const PART_BYTES = 128 * 1024
const LOOK = { width: 'full', masks: 'none', style: 'fill', layer: 'all' } as const

describeSamples(sample => {
  /** Every picture of the store at full size, against the release's files. */
  async function expectSamePictures(images: string, requests?: () => number) {
    const folder = await readManifest(sample.out)
    const rows = await openImageRows(folder)
    const store = await openStore(folder, images)
    if (!store) throw new Error('no store')
    try {
      for (let id = 0; ; id++) {
        const row = await rows.find(id, false)
        if (!row) return id
        const look = { ...LOOK, opacity: 0.45 }
        const asked = requests?.() ?? 0
        const picture = await renderPicture(store, row, look, 'png')
        const file = join(RELEASE, pathOf({ row, mask: null }))
        // What is larger than a part lies in three at least now and then: each is a file of its own.
        const most = (await stat(file)).size > PART_BYTES ? 3 : 2
        if (requests) expect(requests() - asked).toBeLessThanOrEqual(most)
        const raw = (png: Uint8Array | string) => sharp(png).toColourspace('srgb').raw().toBuffer()
        expect((await raw(picture)).equals(await raw(file)), file).toBe(true)
        const files = row.masks.map(mask => ({ row, mask }))
        const read = await store.read(files)
        for (const [i, each] of files.entries())
          expect(
            Buffer.from(read[i] ?? []).equals(await readFile(join(RELEASE, pathOf(each)))),
          ).toBe(true)
      }
    } finally {
      rows.close()
      await store.close()
    }
  }

  test('from its folder, pixel for pixel', async () => {
    expect(await expectSamePictures(RELEASE)).toBe(7)
  })

  test('from its split ZIP on disk, after a locator was written', async () => {
    const effects = fakeEffects()
    const place = await connectImages(await readManifest(sample.out), ZIP, effects)
    expect(effects.lines.filter(line => line.startsWith('Found'))).toEqual([
      `Found 7 images and 30 masks in ${place}`,
    ])
    expect(await expectSamePictures(place)).toBe(7)
    const { findings } = await verifyManifest(sample.out)
    expect(findings.filter(({ problem }) => problem)).toEqual([])
    // The second time it is there.
    const again = fakeEffects()
    await connectImages(await readManifest(sample.out), ZIP, again)
    expect(again.lines).toEqual([])
  })

  test('from its split ZIP over HTTP, at most two requests a picture within two parts', async () => {
    let requests = 0
    const server = createServer(async (request, response) => {
      const bytes = await readFile(join(dirname(ZIP), String(request.url).slice(1)))
      const match = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '')
      const [start, end] = [Number(match?.[1] ?? 0), Number(match?.[2] || bytes.length - 1)]
      const body = bytes.subarray(start, end + 1)
      requests++
      response.writeHead(match ? 206 : 200, {
        'Content-Length': body.length,
        'Accept-Ranges': 'bytes',
        ...(match && {
          'Content-Range': `bytes ${start}-${start + body.length - 1}/${bytes.length}`,
        }),
      })
      response.end(request.method === 'HEAD' ? undefined : body)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const url = `http://127.0.0.1:${port}/SA-Med2D-16M.zip`
      await connectImages(await readManifest(sample.out), url, fakeEffects())
      expect(await expectSamePictures(url, () => requests)).toBe(7)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
