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

/** Firefox and WebKit, if there is a way to get them: the tests say what is missing. */
export async function ensureBrowsers() {
  const missing = [
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(findWebKit() ? [] : ['webkit2gtk-driver', 'xvfb']),
  ]
  if (missing.length > 0) await installUnasked(missing)
}
