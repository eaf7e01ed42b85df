import { expect, type Page } from '@playwright/test'
import { expectFair } from './axe'
import { leave, openLive, test, visit } from './live-page'
import { inState, testManifest } from './page'

const { facets } = testManifest().summary
const first = (facet: 'dataset' | 'label') =>
  encodeURIComponent([...facets[facet]!].sort((a, b) => b.images - a.images)[0]!.value)

/** What the overview shows and has open: each is looked at by axe, wide and light, narrow and dark. */
const STATES: readonly {
  readonly name: string
  readonly path: string
  readonly open?: (page: Page, width: number) => Promise<void>
}[] = [
  { name: 'all of two labels', path: '/?label.all=liver,spleen' },
  { name: 'a range of areas', path: '/?area=0.01..0.2' },
  { name: 'nothing is left', path: '/?modality=Dermoscopy&organ=Liver' },
  { name: 'unknown facets and values', path: '/?foo=1&modality=XX&dataset=!Nowhere' },
  {
    name: 'search is open',
    path: '/',
    async open(page) {
      await page.keyboard.press('/')
      await page.keyboard.type('NoSuchDataset')
    },
  },
  { name: 'shortcuts are open', path: '/', open: page => page.keyboard.press('?') },
  {
    name: 'facets of a phone are open',
    path: '/?organ=Liver',
    async open(page, width) {
      if (width < 768) await page.getByRole('button', { name: 'Facets' }).click()
    },
  },
  {
    name: 'why the numbers are exact',
    path: '/?axis=z',
    open: page => page.getByTestId('counts-path').click(),
  },
  {
    name: 'a chart shows its table',
    path: '/',
    open: page => page.getByTestId('chart-modality').getByRole('button', { name: 'Table' }).click(),
  },
]

/** Pages as the server sends them, those that do not exist too. */
const ADDRESSES = [
  { name: 'a dataset', path: `/datasets/${first('dataset')}` },
  { name: 'a label', path: `/labels/${first('label')}` },
  { name: 'an unknown label', path: '/labels/nonsense' },
  { name: 'no such page', path: '/nowhere' },
]

for (const [width, colorScheme] of [
  [1440, 'light'],
  [390, 'dark'],
] as const)
  test.describe(`no serious axe violation, nothing sideways: ${width} px, ${colorScheme}`, () => {
    // One page for all of them: loading the rows takes longer than looking at what is shown.
    let page: Page
    test.beforeAll(async ({ browser }) => {
      page = await openLive(browser, { width, colorScheme })
    })
    test.afterAll(() => page.context().close())

    for (const { name, path, open } of STATES)
      test(name, async () => {
        await visit(page, path)
        await open?.(page, width)
        // What is out of sight is paler until its turn comes.
        await expect(page.locator('[data-waiting]')).toHaveCount(0)
        await expectFair(page)
        await page.keyboard.press('Escape')
        await leave(page)
      })

    for (const { name, path } of ADDRESSES)
      test(name, async () => {
        await page.goto(path)
        await inState(page, 'rows')
        await expectFair(page)
      })
  })

test('an empty result says what to drop, and dropping it helps', async ({ page }) => {
  await page.goto('/?modality=Dermoscopy&organ=Liver')
  const notice = page.getByTestId('nothing')
  await expect(notice).toContainText('No image has both modality Dermoscopy and organ Liver')
  await notice.getByRole('button', { name: 'Remove modality Dermoscopy' }).click()
  await expect(page).toHaveURL('/?organ=Liver')
  await expect(notice).toHaveCount(0)
  await expect(page.getByTestId('count-images')).not.toHaveAttribute('data-value', '0')
})

for (const path of [`/datasets/${first('dataset')}`, `/labels/${first('label')}`])
  for (const width of [1440, 390])
    test(`nothing jumps on ${path} at ${width} px when its counts arrive`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 })
      let release = () => {}
      const held = new Promise<void>(resolve => {
        release = resolve
      })
      await page.route('**/manifest/*.parquet', async route => {
        await held
        await route.continue()
      })
      await page.goto(path)
      const places = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('main h2')].map(heading => {
            const { left, top } = heading.getBoundingClientRect()
            return [heading.textContent, Math.round(left), Math.round(top + window.scrollY)]
          }),
        )
      await expect(page.getByText('Counting…').first()).toBeVisible()
      const before = await places()
      release()
      await inState(page, 'rows')
      await expect(page.getByTestId('chart-page-modality').locator('.marks')).toBeVisible()
      await expect(page.getByText('Counting…')).toHaveCount(0)
      expect(await places()).toEqual(before)
    })

for (const width of [1440, 390])
  test(`at ${width} px the focus is never behind the header or the status bar`, async ({
    page,
  }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height: 700 })
    await page.goto('/?modality=CT,MR&organ=Liver,Kidney')
    await inState(page, 'rows')
    const hidden: string[] = []
    const steps = async (key: 'Tab' | 'Shift+Tab', count: number) => {
      for (let i = 0; i < count; i++) {
        await page.keyboard.press(key)
        const problem = await page.evaluate(() => {
          const active = document.activeElement
          const main = active?.closest('main')
          const bar = document.querySelector('body footer')?.getBoundingClientRect()
          if (!active || !main || !bar) return null
          const sticky = [...main.children].find(
            child => getComputedStyle(child).position === 'sticky',
          )
          // In a chart the keyboard is at one mark.
          const mark = active.querySelector('[data-testid=mark-box]')
          const box = (mark ?? active).getBoundingClientRect()
          if (sticky?.contains(active)) return null
          const top = sticky?.getBoundingClientRect().bottom ?? 0
          // What is taller than the room between them need not fit.
          const fits = box.height < bar.top - top
          const isHidden = fits ? box.top < top - 1 || box.bottom > bar.top + 1 : box.bottom < top
          return isHidden ? `${active.tagName} ${active.textContent?.slice(0, 40)}` : null
        })
        if (problem) hidden.push(`${key} ${problem}`)
      }
    }
    await page.getByTestId('chart-body-map').getByRole('button').first().focus()
    await steps('Tab', 90)
    await steps('Shift+Tab', 60)
    expect(hidden).toEqual([])
  })
