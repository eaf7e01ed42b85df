import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
beforeAll(async () => {
  tiny = await tinyManifest()
})
afterAll(() => tiny.dispose())

async function run(...args: string[]) {
  const effects = fakeEffects()
  const code = await main(['ledger', ...args], effects)
  return { code, out: effects.output(), err: effects.lines.join('\n') }
}

test('ledger prints the three numbers, their differences and the reasons', async () => {
  const { code, out } = await run('--manifest', tiny.dir)
  expect(code).toBe(0)
  expect(out).toMatch(/^tiny \(simulated\), a test\n/)
  expect(out).toMatch(
    /^Images +4,596,802 +3,772,180 +3 +−824,622 +−4,596,799 {2}licences; test data\?; simulated$/m,
  )
  expect(out).toMatch(/^Masks +19,762,855 +about 15,800,000 +5 +about −4,000,000 /m)
  expect(out).toMatch(/^Rejected inputs: 2\n {2}each listed in rejects-\w{16}\.parquet\n/m)
  expect(out).toMatch(/ACDC: in the public release, not in this manifest \(simulated\)/)
  expect(out).toMatch(/duplicate check needs a manifest built from the ZIP/)
  expect(out).toMatch(/https:\/\/arxiv\.org\/abs\/2311\.11969/)
})

test('--json has every line, and the reasons explained', async () => {
  const { out } = await run('--manifest', tiny.dir, '--json')
  const { numbers, names, reasons, duplicates } = JSON.parse(out)
  expect(numbers[0].lines[0]).toMatchObject({
    id: 'images',
    paper: { value: 4_596_802, accuracy: 'exact' },
    manifest: { value: 3 },
    toPaper: { kind: 'apart', by: -4_596_799 },
  })
  expect(names.map(({ id }: { id: string }) => id)).toEqual(['by-dataset', 'by-prefix', 'by-label'])
  expect(reasons.map(({ id }: { id: string }) => id)).toContain('redistribution')
  expect(duplicates).toBeNull()
})

test('--csv is a table; both together are wrong usage', async () => {
  expect((await run('--manifest', tiny.dir, '--csv')).out).toMatch(
    /^section,id,.*\ntotals,images,Images,images,4596802,exact,3772180,exact,3,-824622,/,
  )
  const { code, out, err } = await run('--manifest', tiny.dir, '--csv', '--json')
  expect([code, out]).toEqual([2, ''])
  expect(err).toBe('samed2d: --json and --csv: give only one of them')
})
