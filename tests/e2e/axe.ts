import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds wrong on the page, or within one part of it. */
export async function violations(page: Page, part?: string) {
  const axe = new AxeBuilder({ page })
  if (part) axe.include(part)
  // What passes is not described: that takes as long as the rules.
  return (await axe.options({ resultTypes: ['violations'] }).analyze()).violations
}

/** As text for a comparison with `[]`. */
export const named = (found: Awaited<ReturnType<typeof violations>>) =>
  found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
