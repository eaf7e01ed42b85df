import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * What axe finds wrong on the page, or within one part of it. It waits until nothing is on its way: what
 * waits for its numbers is paler, which is not how it is read.
 */
export async function violations(page: Page, part?: string) {
  const late = page.locator('[data-waiting], [data-drawing], [aria-busy="true"]')
  await expect(late).toHaveCount(0, { timeout: 30_000 })
  // Page and frames apart, axe hands all that it has seen from one page to another: that took three
  // quarters of its time. Our pages have no frames.
  expect(page.frames()).toHaveLength(1)
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (part) axe.include(part)
  // What passes is not described: that takes as long as the rules.
  return (await axe.options({ resultTypes: ['violations'] }).analyze()).violations
}

/** As text for a comparison with `[]`. */
export const named = (found: Awaited<ReturnType<typeof violations>>) =>
  found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

/** That nobody is kept out: no serious violation, and nothing to scroll sideways for. */
export async function expectFair(page: Page) {
  const found = await violations(page)
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(named(serious)).toEqual([])
  await expectUpright(page)
}

/** That the page is no wider than its window. */
export async function expectUpright(page: Page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}
