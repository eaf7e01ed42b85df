import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingest } from '../../cli/ingest'
import { reference } from '../../cli/reference'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'
import { fakeEffects } from './fake-effects'

let tiny: TinyManifest
beforeAll(async () => {
  tiny = await tinyManifest()
})
afterAll(() => tiny.dispose())

test('reference hands on where and how much, and says what to do next', async () => {
  const effects = fakeEffects()
  const calls: unknown[] = []
  await reference({ out: 'some/where', scale: 0.5 }, effects, async ({ log, ...options }) => {
    calls.push(options)
    log('half done')
  })
  expect(calls).toEqual([{ out: resolve('some/where'), scale: 0.5 }])
  expect(effects.lines[0]).toBe('half done')
  expect(effects.lines[1]).toMatch(/samed2d serve --manifest some\/where$/)
})

test('ingest prints the totals and what was not accepted', async () => {
  const effects = fakeEffects()
  const calls: unknown[] = []
  await ingest('release', { out: tiny.dir, strict: true }, effects, async (source, { strict }) =>
    calls.push([source, strict]),
  )
  expect(calls).toEqual([['release', true]])
  expect(effects.output()).toBe(
    `${tiny.dir}: 3 images, 5 masks, 2 inputs not accepted\n  bad_name: 2\n`,
  )
})

test('ingest --json prints one object', async () => {
  const effects = fakeEffects()
  await ingest('release', { out: tiny.dir, json: true }, effects, async () => {})
  const { summary, id } = JSON.parse(await readFile(`${tiny.dir}/manifest.json`, 'utf8'))
  expect(JSON.parse(effects.output())).toEqual({
    ...{ manifest: tiny.dir, id, totals: summary.totals, rejects: { bad_name: 2 } },
  })
})
