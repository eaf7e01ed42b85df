import { test as base } from '@playwright/test'
import { findFirefox, findWebKit } from '../../scripts/browsers.mjs'
import { openFirefox } from './firefox'
import type { Tab } from './tab'
import { openWebKit } from './webkit'

/**
 * How a tab of each browser is opened, by the name of its Playwright project; undefined where the browser
 * is not installed. Playwright brings patched browsers of its own; these are the ones that people have.
 */
const BROWSERS: Readonly<Record<string, () => (() => Promise<Tab>) | undefined>> = {
  firefox() {
    const path = findFirefox()
    return path ? () => openFirefox(path) : undefined
  },
  webkit() {
    const found = findWebKit()
    return found && (() => openWebKit(found))
  },
}

/** Playwright's `test`, with the one tab of the project's browser in which all its tests are run. */
export const test = base.extend<{ tab: Tab }, { opened: Tab | null }>({
  opened: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use, { project }) => {
      const tab = (await BROWSERS[project.name]?.()?.()) ?? null
      await use(tab)
      await tab?.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // Not skipped by the fixture above: Playwright would skip the first test alone, and pass the others.
  tab: async ({ opened }, use, { project }) => {
    const missing = `no ${project.name} on this machine; CONTRIBUTING.md says which programs it needs`
    // Continuous integration is there to look at all of them.
    if (!opened && process.env.CI !== undefined) throw new Error(missing)
    base.skip(!opened, missing)
    if (opened) await use(opened)
  },
})
