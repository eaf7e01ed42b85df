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

/** Get Firefox and WebKit, if there is a way to; the tests of one that is missing are skipped. */
export async function ensureBrowsers() {
  const packages = Object.values(missing()).flat()
  if (packages.length > 0) await installUnasked(packages)
  for (const [name, wanted] of Object.entries(missing()))
    console.error(
      `samed2d: no ${name} found, so its tests are skipped; install what Debian calls ${wanted.join(' and ')}`,
    )
}

/** Debian's packages of the browsers that are not there, by their names. */
const missing = () => ({
  ...(findFirefox() ? {} : { Firefox: ['firefox-esr'] }),
  ...(findWebKit() ? {} : { WebKit: ['webkit2gtk-driver', 'xvfb'] }),
})
