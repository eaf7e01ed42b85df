import { expect } from '@playwright/test'
import { cliStats, testManifest } from '../e2e/page'
import type { Tab } from './tab'
import { test } from './test'

const { totals } = testManifest().summary

/** Slow machines, and browsers that take long for WebAssembly. */
const LOAD_TIMEOUT_MS = 140_000

const origin = `http://127.0.0.1:${process.env.SAMED2D_TEST_PORT}`

const state = (tab: Tab) => tab.evaluate(() => document.documentElement.dataset.state)

/** Asks again while it fails: a page on its way out answers with an error. */
const soon = (holds: () => Promise<void>) => expect(holds).toPass({ timeout: LOAD_TIMEOUT_MS })

async function inRows(tab: Tab) {
  const last = { state: '' }
  await soon(async () => {
    last.state = String(await state(tab))
    expect(['rows', 'error']).toContain(last.state)
  })
  // Not asked again: a page that came back is at its summary a moment later.
  expect(last.state).toBe('rows')
}

/** Open an address, and wait until all is loaded. */
async function open(tab: Tab, path: string) {
  await tab.goto(origin + path)
  await inRows(tab)
}

/** Numbers that the page states to scripts, by their test ids. */
const numbers = (tab: Tab, ids: readonly string[]) =>
  tab.evaluate(
    wanted =>
      wanted.map(id => {
        const value = document.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.dataset.value
        return value === undefined ? null : Number(value)
      }),
    ids,
  )

const expectNumbers = (tab: Tab, expected: Readonly<Record<string, number>>) =>
  soon(async () =>
    expect(await numbers(tab, Object.keys(expected))).toEqual(Object.values(expected)),
  )

/** That so many pictures have been decoded: one that is broken has no width. */
const expectPictures = (tab: Tab, selector: string, atLeast: number) =>
  soon(async () => {
    const drawn = await tab.evaluate(
      images =>
        [...document.querySelectorAll<HTMLImageElement>(images)].filter(
          ({ complete, naturalWidth }) => complete && naturalWidth > 0,
        ).length,
      selector,
    )
    expect(drawn).toBeGreaterThanOrEqual(atLeast)
  })

/** A value of a facet, on the overview. */
const modality = (name: string) => `[data-testid="facet-modality"] input[aria-label^="${name}:"]`

async function countsOf(where: string) {
  const { images, masks, cases } = await cliStats(where)
  return { 'count-images': images, 'count-masks': masks, 'count-cases': cases }
}

test('the overview counts all, and what a click on a facet leaves', async ({ tab }) => {
  await open(tab, '/')
  await expectNumbers(tab, { 'count-images': totals.images, 'count-masks': totals.masks })
  await tab.click(modality('CT'))
  await expectNumbers(tab, await countsOf('modality=CT'))
  expect(await tab.evaluate(() => location.search)).toBe('?modality=CT')
})

test('a second load in the same tab ends too, and so does the way back', async ({ tab }) => {
  await open(tab, '/?modality=CT')
  const ct = await countsOf('modality=CT')
  await expectNumbers(tab, ct)
  await open(tab, '/ledger')
  await tab.back()
  await soon(async () => expect(await tab.evaluate(() => location.search)).toBe('?modality=CT'))
  await inRows(tab)
  await expectNumbers(tab, ct)
  // Whatever the browser kept of the page, it counts on, and loads what it lacks.
  await tab.click(modality('MR'))
  await expectNumbers(tab, await countsOf('modality=CT,MR'))
  await inRows(tab)
})

test('the gallery shows pictures', async ({ tab }) => {
  await open(tab, '/gallery?modality=MR')
  await expectNumbers(tab, await countsOf('modality=MR'))
  await expectPictures(tab, '[data-testid="thumb"] img', 6)
})

test('the figures are drawn', async ({ tab }) => {
  await open(tab, '/figures')
  await expectPictures(tab, '[data-testid="figure-modality-donut"] img', 1)
})

test('the subset has the counts of its filter', async ({ tab }) => {
  const { images, masks, cases } = await cliStats('modality=PET')
  await open(tab, '/subset?add=modality%3DPET')
  await expectNumbers(tab, {
    'subset-images': images,
    'subset-masks': masks,
    'subset-cases': cases,
  })
})

test('the ledger has the manifest’s totals', async ({ tab }) => {
  await open(tab, '/ledger')
  const text = await tab.evaluate(() => document.querySelector('#images')?.textContent)
  expect(text).toContain(totals.images.toLocaleString('en-US'))
})

test('a statement is answered from the rows', async ({ tab }) => {
  await open(tab, `/sql?q=${encodeURIComponent('SELECT count(*) AS n FROM masks')}`)
  const database = (tab: Tab) =>
    tab.evaluate(() => document.querySelector<HTMLElement>('[data-testid=sql]')?.dataset.activity)
  await soon(async () => expect(await database(tab)).toBe('idle'))
  await tab.click('[data-testid=sql] button[title^="Ctrl Enter"]')
  const cells = () =>
    tab.evaluate(() =>
      [...document.querySelectorAll('[data-testid=sql] td')].map(cell => cell.textContent),
    )
  await soon(async () => expect(await cells()).toContain(String(totals.masks)))
})

test('a dataset has its own counts', async ({ tab }) => {
  await open(tab, '/datasets/BTCV')
  await expectNumbers(tab, await countsOf('dataset=BTCV'))
})

test('a label has its own counts', async ({ tab }) => {
  await open(tab, '/labels/liver')
  await expectNumbers(tab, await countsOf('label=liver'))
})
