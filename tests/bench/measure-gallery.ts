import type { Page } from '@playwright/test'
import { type Measurement, quantile } from './measurement'
import { rssOfProcesses } from './process-memory'
import { servePage } from './serve-page'

/** Filters and orders, each measured from the address to the first pictures of the new list. */
const CHANGES: readonly (readonly [what: string, queries: readonly string[]])[] = [
  [
    'filter',
    ['modality=CT', 'organ=Liver', 'dataset=BTCV', 'width=200..511', 'label.all=liver,spleen'],
  ],
  ['filter by area', ['area=0.01..0.2', 'organ=Liver&area=0.05..']],
  [
    'order',
    ['order=-size', 'order=-masks', 'order=shuffle&seed=7', 'organ=Liver&order=shuffle&seed=3'],
  ],
  ['order by area', ['organ=Liver&order=-area', 'modality=MR&order=-area']],
]

/** First screens of filters and orders, scrolling over 10,000 pictures, jumps; each at full size. */
export async function* measureGallery(manifest: string): AsyncGenerator<Measurement> {
  const { url, browser, close } = await servePage(manifest)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    // The compiler names functions through this helper, which the page does not have.
    await page.addInitScript('globalThis.__name = f => f')
    await page.addInitScript(watchLongTasks)
    await page.goto(`${url}/gallery`)
    await page.waitForSelector('html[data-state=rows]', { timeout: 180_000 })
    await listed(page)
    for (const [what, queries] of CHANGES) {
      const first: number[] = []
      const whole: number[] = []
      for (const query of queries) {
        const times = await change(page, query)
        first.push(times.first)
        whole.push(times.whole)
      }
      const of = `gallery: ${what}, ${queries.length} changes`
      yield {
        what: `${of}, first screen, slowest`,
        value: quantile(first, 1),
        unit: 'ms',
        budget: 500,
      }
      yield { what: `${of}, whole list, slowest`, value: quantile(whole, 1), unit: 'ms' }
    }
    const changing = await longestTask(page)
    yield { what: 'gallery: longest task while lists change', value: changing, unit: 'ms' }
    for (const query of ['thumb=96', 'modality=MR&thumb=96&order=shuffle']) {
      await change(page, query)
      await longestTask(page)
      const pictures = await scroll(page)
      const longest = await longestTask(page)
      const what = `gallery: longest task, ${pictures} pictures scrolled (${query})`
      yield { what, value: longest, unit: 'ms', budget: 50 }
    }
    const rss = Math.max(...rssOfProcesses('--type=renderer'))
    yield { what: 'gallery: tab memory after all this', value: rss / 1e9, unit: 'GB', budget: 1.5 }
  } finally {
    await close()
  }
}

/** Runs in the page before its own code. */
function watchLongTasks() {
  const tasks: number[] = []
  Object.assign(window, { longTasks: tasks })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) tasks.push(entry.duration)
  }).observe({ type: 'longtask' })
}

/** ms of the longest task since it was last asked; tasks below 50 ms count as 0. */
const longestTask = async (page: Page): Promise<number> => {
  await page.waitForTimeout(300)
  return page.evaluate(() => {
    const { longTasks } = window as typeof window & { longTasks: number[] }
    return Math.max(0, ...longTasks.splice(0))
  })
}

const listed = (page: Page) =>
  page.waitForSelector('[data-testid=gallery-grid][data-total][aria-busy=false]')

/** Go to another filter or order: ms until captions of the new list stand, and until it is whole. */
async function change(page: Page, query: string): Promise<{ first: number; whole: number }> {
  const times = await page.evaluate(async query => {
    const frame = () => new Promise(requestAnimationFrame)
    const find = (selector: string) => document.querySelector(selector)
    const old = find('[data-testid=gallery-grid]')
    const began = performance.now()
    window.history.pushState(null, '', `/gallery?${query}`)
    do await frame()
    while (
      find('[data-testid=gallery-grid][aria-busy=false]') === null ||
      find('[data-testid=gallery-grid]') === old ||
      !find('[data-testid=thumb]')?.textContent?.includes('·')
    )
    const first = performance.now() - began
    while (find('[data-testid=gallery-grid][data-total]') === null) await frame()
    return { first, whole: performance.now() - began }
  }, query)
  await page.waitForTimeout(700)
  return times
}

/** Scroll by 200 px a frame, until 10,000 pictures have passed; says how many did. */
const scroll = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>('[data-testid=gallery-grid]')
    if (!grid) throw new Error('no grid')
    const last = () =>
      Math.max(
        ...[...grid.querySelectorAll('[data-index]')].map(one =>
          Number(one.getAttribute('data-index')),
        ),
      )
    const from = last()
    while (last() - from < 10_000) {
      grid.scrollBy(0, 200)
      await new Promise(requestAnimationFrame)
    }
    return last() - from
  })
