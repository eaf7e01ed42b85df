import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { startServer } from '../bench/start-server'
import { makeRelease, SMALL_RELEASE } from '../fixtures/release'
import { expectCount, inState } from './page'

test('a release that is not measured shows all that is known of it', async ({ page }) => {
  const release = await makeRelease()
  const ingest = ['cli/samed2d.mjs', 'ingest', release.indexPath, '--out', release.out]
  await promisify(execFile)(process.execPath, ingest)
  const { url, stop } = await startServer(['--manifest', release.out])
  try {
    await page.goto(url)
    await inState(page, 'rows')
    await expectCount(page, 'images', SMALL_RELEASE.index.length)
    await page.goto(`${url}/?organ=Liver`)
    await inState(page, 'rows')
    await expectCount(page, 'images', 2)
    // What has no size has no place in a range of widths.
    await page.goto(`${url}/?width=1..`)
    await inState(page, 'rows')
    await expectCount(page, 'images', 0)
    await page.goto(`${url}/labels/liver`)
    await inState(page, 'rows')
    await expect(page.getByTestId('chart-page-sizes')).toContainText('2 images, none measured')
    await expect(page.getByTestId('chart-page-areas')).toContainText('none measured')
    await page.goto(url)
    // The first paint gives way to the page once, within the first moments.
    await inState(page, 'rows')
    await page.getByTestId('chart-label-areas').scrollIntoViewIfNeeded()
    await expect(page.getByTestId('chart-label-areas')).toContainText('none measured')
    await page.goto(`${url}/gallery`)
    await expect(page.getByTestId('thumb')).toHaveCount(SMALL_RELEASE.index.length)
  } finally {
    stop()
    await release.remove()
  }
})
