import { installUnasked, isProgram, namedBy, onPath } from './programs.mjs'

/**
 * What the tests in WebKit start: WebKitGTK's own driver, and a screen that nobody sees.
 *
 * @typedef {{ driver: string, xvfb: string }} WebKit
 */

const FIREFOX_OF_MAC = '/Applications/Firefox.app/Contents/MacOS/firefox'

/** Path of a Firefox on this machine: FIREFOX_PATH, or the system's own. */
export const findFirefox = () =>
  namedBy('FIREFOX_PATH') ?? onPath(['firefox-esr', 'firefox']) ?? [FIREFOX_OF_MAC].find(isProgram)

/** @returns {WebKit | undefined} */
export function findWebKit() {
  const driver = onPath(['WebKitWebDriver'])
  const xvfb = onPath(['Xvfb'])
  return driver && xvfb ? { driver, xvfb } : undefined
}

/** With the packages in which Debian has them. */
const BROWSERS = [
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr'] },
  { name: 'WebKit', find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'] },
]

/** Get Firefox and WebKit, if there is a way to; the tests of one that is missing are skipped. */
export async function ensureBrowsers() {
  const missing = () => BROWSERS.filter(({ find }) => !find())
  const packages = missing().flatMap(browser => browser.packages)
  if (packages.length > 0) await installUnasked(packages)
  for (const { name, packages } of missing())
    console.error(
      `samed2d: no ${name} found, so its tests are skipped; install what Debian calls ${packages.join(' and ')}`,
    )
}
