import { expect, test } from 'vitest'
import { FigureService } from '../../lib/figures/figure-service.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'

const service = new FigureService(() => Promise.reject(new Error('no pictures are needed')))
const answer = async (name: string, query = '') =>
  service.answer(await readManifest('manifests/test'), name, query)

test('a figure is answered in each format, under the filter of the query', async () => {
  const all = await answer('modality-donut.svg')
  expect(all).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' } })
  const svg = Buffer.from(all.body as Uint8Array).toString()
  expect(svg).toMatch(/^<svg[\s\S]*Ultrasound/)
  const ct = await answer('modality-donut.svg', 'modality=CT')
  expect(Buffer.from(ct.body as Uint8Array).toString()).not.toBe(svg)
  // The same counts again, for the next file of the page.
  const pdf = await answer('modality-donut.pdf', 'modality=CT')
  expect(
    Buffer.from(pdf.body as Uint8Array)
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

test('unknown figures and filters are refused', async () => {
  expect((await answer('no-such.svg')).status).toBe(404)
  expect((await answer('modality-donut.gif')).status).toBe(404)
  const wrong = await answer('modality-donut.svg', 'modality=XYZ')
  expect([wrong.status, String(wrong.body)]).toEqual([400, expect.stringContaining('XYZ')])
})
