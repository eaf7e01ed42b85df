import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import { main } from '../../cli/main'
import type { Stats } from '../../cli/stats'
import type { Manifest } from '../../lib/manifest/manifest'
import { fakeEffects } from '../cli/fake-effects'

const DIR = 'manifests/test'

export const testManifest = (): Manifest => JSON.parse(readFileSync(`${DIR}/manifest.json`, 'utf8'))

const statsArgs = (where: string) => ['stats', '--manifest', DIR, '--where', where, '--json']

/** What the command line counts for a filter; it runs within the test's own process. */
export async function cliStats(where: string): Promise<Stats> {
  const effects = fakeEffects()
  const code = await main(statsArgs(where), effects)
  if (code !== 0) throw new Error(effects.lines.join('\n'))
  return JSON.parse(effects.output())
}

/** As `cliStats`, by a command line of its own: it takes a second or more to start. */
export async function spawnedStats(where: string): Promise<Stats> {
  const args = ['cli/samed2d.mjs', ...statsArgs(where)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 })
  return JSON.parse(stdout)
}

/** A page of a width and a theme, in a context of its own that the test closes. */
export async function openPage(
  browser: Browser,
  {
    width,
    height = 900,
    ...options
  }: Pick<BrowserContextOptions, 'baseURL' | 'colorScheme'> & { width: number; height?: number },
): Promise<Page> {
  const context = await browser.newContext({ ...options, viewport: { width, height } })
  return context.newPage()
}

export const inState = (page: Page, state: 'cubes' | 'rows' | 'error') =>
  expect(page.locator('html')).toHaveAttribute('data-state', state, { timeout: 30_000 })

/** The headline's number as the page states it to scripts. */
export const expectCount = (page: Page, name: string, value: number) =>
  expect(page.getByTestId(`count-${name}`)).toHaveAttribute('data-value', String(value))

/** The status line that says that the counts are exact, where they came from `path`. */
export const countsFrom = (page: Page, path: 'cubes' | 'rows') =>
  page.locator(`[data-testid="counts-path"][data-path="${path}"]`, { hasText: 'Exact counts' })

/** The number behind one value of a facet. */
export const facetValue = (page: Page, facet: string, value: string) =>
  page
    .getByTestId(`facet-${facet}`)
    // Trees hold the values of several facets.
    .locator(`[data-facet="${facet}"] label`)
    .filter({ has: page.getByRole('checkbox', { name: new RegExp(`^${value}:`) }) })
