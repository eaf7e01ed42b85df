import { setTimeout as sleep } from 'node:timers/promises'
import { Builder, By } from 'selenium-webdriver'
import type { WebKit } from '../../scripts/browsers.mjs'
import { tryPort } from '../../scripts/free-port.mjs'
import { startProgram } from './programs'
import { asExpression, type Tab } from './tab'

const START_TIMEOUT_MS = 60_000

/** The MiniBrowser of WebKitGTK, by its own driver; its window is on a screen that nobody sees. */
export async function openWebKit({ driver, xvfb }: WebKit): Promise<Tab> {
  const size = ['-screen', '0', '1280x900x24']
  const screen = startProgram(xvfb, ['-displayfd', '1', ...size, '-nolisten', 'tcp'])
  const DISPLAY = `:${await screen.says(/^(\d+)$/m)}`
  const port = await tryPort(0, '127.0.0.1')
  const service = startProgram(driver, [`--port=${port}`], { DISPLAY })
  const server = `http://127.0.0.1:${port}`
  await untilAnswered(`${server}/status`)
  const browser = await new Builder()
    .usingServer(server)
    .withCapabilities({ browserName: 'MiniBrowser' })
    .build()
  return {
    goto: url => browser.get(url),
    back: () => browser.navigate().back(),
    evaluate: async (call, ...args) =>
      JSON.parse(await browser.executeScript<string>(`return ${asExpression(call, args)}`)),
    click: async selector => {
      const element = await browser.findElement(By.css(selector))
      await browser.executeScript(`arguments[0].scrollIntoView({ block: 'center' })`, element)
      await element.click()
    },
    async close() {
      await browser.quit()
      await service.stop()
      await screen.stop()
    },
  }
}

/** The driver does not say when it is ready. */
async function untilAnswered(url: string) {
  const latest = Date.now() + START_TIMEOUT_MS
  const answers = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await answers())) {
    if (Date.now() > latest) throw new Error(`${url} does not answer`)
    await sleep(50)
  }
}
