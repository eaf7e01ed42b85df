import type { Page } from '@playwright/test'
import { type Measurement, quantile } from './measurement'
import { rssOfProcesses } from './process-memory'
import { servePage } from './serve-page'

/** Milestones of a cold page, facet clicks on both paths until the last chart is painted, memory. */
export async function* measurePage(manifest: string): AsyncGenerator<Measurement> {
  const { url, browser, close } = await servePage(manifest)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    // The compiler names functions through this helper, which the page does not have.
    await page.addInitScript('globalThis.__name = f => f')
    yield* milestones(page, url)
    yield* interactions(page, url, {
      path: 'cube path',
      filter: '',
      kind: 'facet clicks',
      count: 100,
    })
    yield* interactions(page, url, {
      path: 'cube path',
      filter: '',
      kind: 'brush steps',
      count: 40,
    })
    const cut = { path: 'row path', filter: 'width=200..511' } as const
    yield* interactions(page, url, { ...cut, kind: 'facet clicks', count: 100 })
    yield* interactions(page, url, { ...cut, kind: 'brush steps', count: 40 })
    const area = { path: 'row path', filter: 'area=0.01..0.2' } as const
    yield* interactions(page, url, { ...area, kind: 'facet clicks', count: 20 })
    const rss = Math.max(...rssOfProcesses('--type=renderer'))
    yield { what: 'page: tab memory after all this', value: rss / 1e9, unit: 'GB', budget: 1.5 }
  } finally {
    await close()
  }
}

async function* milestones(page: Page, url: string): AsyncGenerator<Measurement> {
  const start = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  const since = () => (performance.now() - start) / 1000
  const reached = (states: string[]) =>
    page.waitForFunction(
      wanted => wanted.includes(document.documentElement.dataset.state ?? ''),
      states,
      { timeout: 120_000, polling: 20 },
    )
  await page.getByTestId('count-images').waitFor()
  const painted = await page.evaluate(paintOf, 'count-images')
  yield { what: 'page: headline numbers painted', value: painted / 1000, unit: 's', budget: 0.5 }
  await reached(['cubes', 'rows'])
  yield { what: 'page: facets respond', value: since(), unit: 's', budget: 2.5 }
  await reached(['rows'])
  yield { what: 'page: all rows loaded', value: since(), unit: 's', budget: 8 }
  await page.waitForTimeout(1000)
  const rss = Math.max(...rssOfProcesses('--type=renderer'))
  yield { what: 'page: tab memory, rows loaded', value: rss / 1e9, unit: 'GB', budget: 1.5 }
}

/** ms from the start of the navigation to the first paint of an element with that timing name. */
const paintOf = (name: string): Promise<number> =>
  new Promise(resolve => {
    new PerformanceObserver(list => {
      const entry = list
        .getEntries()
        .find(one => (one as { identifier?: string }).identifier === name)
      if (entry) resolve(entry.startTime)
    }).observe({ type: 'element', buffered: true })
  })

const BUDGET_MS = { 'cube path': 50, 'row path': 400 } as const

interface Interactions {
  readonly path: keyof typeof BUDGET_MS
  /** What is selected before, so that this path answers. */
  readonly filter: string
  readonly kind: 'facet clicks' | 'brush steps'
  readonly count: number
}

/** Clicks on random facet values, or steps of a histogram's slider, each until all is painted. */
async function* interactions(
  page: Page,
  url: string,
  { path, filter, kind, count }: Interactions,
): AsyncGenerator<Measurement> {
  const start = `${url}/?${filter}`
  await page.evaluate(search => window.history.pushState(null, '', search), start)
  // What is dragged is in sight; the charts in sight are the same for both.
  await page.evaluate(isBrush => {
    const aside = document.querySelector('aside')
    if (aside) aside.scrollTop = isBrush ? aside.scrollHeight : 0
  }, kind === 'brush steps')
  await page.waitForTimeout(1500)
  const times = await page.evaluate(
    async ({ start, kind, count }) => {
      const frame = () => new Promise(requestAnimationFrame)
      const pause = () => new Promise(resolve => setTimeout(resolve, 150))
      const busy = () =>
        document.querySelector('main[data-current="false"], [data-drawing]') !== null
      // A fixed sequence, so that two runs do the same.
      let seed = 1
      const random = (below: number) => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
        return seed % below
      }
      const click = () => {
        const boxes = document.querySelectorAll<HTMLInputElement>(
          'aside [data-testid^=facet-] input[type=checkbox]',
        )
        boxes[random(boxes.length)]?.click()
      }
      const brush = (step: number) => {
        const thumbs = document.querySelectorAll('aside [data-testid=facet-masks] [role=slider]')
        // The lower end goes up and down again over ten bins.
        const key = step % 20 < 10 ? 'ArrowRight' : 'ArrowLeft'
        thumbs[0]?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      }
      const taken: number[] = []
      for (let i = 0; i < count; i++) {
        const began = performance.now()
        if (kind === 'facet clicks') click()
        else brush(i)
        // The click renders first; then every chart draws; then a frame shows it.
        do await frame()
        while (busy() || performance.now() - began < 4)
        taken.push(performance.now() - began)
        // A drag goes on at once; after a click the browser ends what it does off the main thread.
        if (kind === 'brush steps') continue
        await pause()
        if (i % 4 !== 3) continue
        window.history.pushState(null, '', start)
        do await frame()
        while (busy())
        await pause()
      }
      return taken
    },
    { start, kind, count },
  )
  const of = `${path}${filter && ` (${filter})`}, ${count} ${kind} until painted`
  yield { what: `${of}: p50`, value: quantile(times, 0.5), unit: 'ms' }
  yield { what: `${of}: p95`, value: quantile(times, 0.95), unit: 'ms', budget: BUDGET_MS[path] }
  yield { what: `${of}: max`, value: quantile(times, 1), unit: 'ms' }
}
