import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { main } from '../../cli/main'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { listed, makeRelease, type ReleaseSpec } from '../fixtures/release'
import { fakeEffects } from './fake-effects'

const INDEX = [
  listed('ct_00--BTCV--a--z_0001', '0001_000', '0002_000'),
  listed('ct_00--BTCV--b--z_0001', '0001_000', '0003_000'),
]

/** A command `ingest` on a release: exit code, lines, and the totals of the manifest if one was written. */
async function ingested(classMap: ReleaseSpec['classMap'], ...options: string[]) {
  const { dir, out, remove } = await makeRelease({ index: INDEX, classMap })
  onTestFinished(remove)
  const effects = fakeEffects()
  const code = await main(['ingest', dir, '--out', out, ...options], effects)
  const manifest = await readManifest(out).catch(() => null)
  const beside = await readdir(join(out, '..'))
  expect(beside.filter(name => name.includes('partial'))).toEqual([])
  const { images, masks } = manifest?.manifest.summary.totals ?? { images: null, masks: null }
  return { code, said: effects.lines.join('\n'), images, masks }
}

const SOUND = { BTCV: { liver: '0001', spleen: '0002', aorta: '0003' } }
const NUMBERS = { BTCV: { liver: 1, spleen: '2', aorta: ' 0003' } }

test('a class map with numbers is refused by name, and read with --pad-class-ids', async () => {
  const refused = await ingested(NUMBERS)
  expect(refused).toMatchObject({ code: 1, masks: null })
  expect(refused.said).toContain(
    '3 class ids not written as four digits, such as "liver" of BTCV: 1',
  )
  const padded = await ingested(NUMBERS, '--pad-class-ids')
  expect(padded).toMatchObject({ code: 0, images: 2, masks: 4 })
  expect(padded.said).toContain('3 class ids read as four digits, such as "liver" of BTCV: 1')
  expect(await ingested(SOUND)).toMatchObject({ code: 0, images: 2, masks: 4 })
})

test('an ingest that loses most masks fails and writes nothing, unless that is allowed', async () => {
  const other = { BTCV: { liver: '0007', spleen: '0008', aorta: '0003' } }
  const lost = await ingested(other)
  expect(lost).toMatchObject({ code: 1, masks: null })
  expect(lost.said).toContain('3 of 4 masks were rejected (unknown-class: 3)')
  expect(lost.said).toContain('Nothing was written; --allow-rejects writes the manifest')
  expect(await ingested(other, '--allow-rejects')).toMatchObject({ code: 0, images: 2, masks: 1 })
  // Half of them is still a release.
  const half = { BTCV: { liver: '0001' } }
  expect(await ingested(half)).toMatchObject({ code: 0, images: 2, masks: 2 })
  expect(await ingested(NUMBERS, '--allow-rejects')).toMatchObject({ code: 0, masks: 0 })
})
