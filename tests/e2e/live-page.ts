import { type Browser, test as base, type Page } from '@playwright/test'
import { inState, openPage, testManifest } from './page'

/** A page without the overview: going there and back takes all of the overview's own state away. */
const ELSEWHERE = `/datasets/${encodeURIComponent(testManifest().summary.facets.dataset!.at(-1)!.value)}`

/**
 * Playwright's `test`, with `live`: a page whose database and rows are loaded already, once for
 * each worker. Loading costs seconds of processor time; use `page` only where loading itself, a
 * link from outside, the theme or the length of the history is what is tested.
 */
export const test = base.extend<{ live: Page }, { loadedPage: Page }>({
  loadedPage: [
    async ({ browser }, use) => {
      const page = await openLive(browser, { width: 1280, height: 720 })
      await use(page)
      await page.context().close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  live: async ({ loadedPage: page }, use, test) => {
    const viewport = page.viewportSize()!
    await use(page)
    // A test that fails takes the worker and this page with it.
    if (test.status !== test.expectedStatus) return
    await page.mouse.move(0, 0)
    await page.setViewportSize(viewport)
    await leave(page)
  },
})

/** A page as `live`, of a width and a theme of its own; whoever opens it closes its context. */
export async function openLive(
  browser: Browser,
  options: Omit<Parameters<typeof openPage>[1], 'baseURL'>,
): Promise<Page> {
  const baseURL = `http://127.0.0.1:${process.env.SAMED2D_TEST_PORT}`
  const page = await openPage(browser, { baseURL, ...options })
  await page.goto(ELSEWHERE)
  await inState(page, 'rows')
  return page
}

/** Go away from what a test has opened and changed on a `live` page. */
export const leave = (page: Page): Promise<void> => goTo(page, ELSEWHERE)

/** Open an address on a `live` page as a click on a link would; its rows are loaded. */
export async function visit(page: Page, path: string): Promise<void> {
  await goTo(page, path)
  await inState(page, 'rows')
}

/** The router of Next leaves a handle; it replaces, lest the history fill up over many tests. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    const { next } = window as typeof window & { next: { router: { replace(to: string): void } } }
    next.router.replace(to)
  }, path)
  await page.waitForURL(path)
  const overview = page.getByRole('heading', { level: 1, name: 'Overview', exact: true })
  await overview.waitFor({ state: /^\/(\?|$)/.test(path) ? 'visible' : 'detached' })
}
