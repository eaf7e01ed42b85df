/**
 * Some 500 ways to ask for what lies elsewhere: parent folders, absolute and Windows paths, one and
 * two layers of percent encoding, overlong UTF-8, NUL, look-alike characters, prototype names.
 */
export function traversalNames(listed: string): string[] {
  const ups = [
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '%252e%252e',
    '..%00',
    '..;',
    '...',
    '....',
    '..\u200b',
    '\u2025',
    '\uff0e\uff0e',
    '%c0%ae%c0%ae',
    '%e0%80%ae%e0%80%ae',
    '%u002e%u002e',
    '..\\..',
    '~',
  ]
  const slashes = ['/', '\\', '%2f', '%5c', '%252f', '\u2215', '\uff0f', '%c0%af', '//', '/./']
  const targets = ['etc/passwd', 'package.json', listed]
  const climbing = ups.flatMap(up =>
    slashes.flatMap(slash => targets.map(target => [up, up, target].join(slash))),
  )
  const whole = [
    '',
    ' ',
    '/',
    '\\',
    '.',
    '..',
    '%',
    '%%',
    '%00',
    '\0',
    '*',
    '?',
    '#',
    'CON',
    'NUL',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '/etc/passwd',
    'file:///etc/passwd',
    'C:\\boot.ini',
    '\\\\server\\share',
    '//server/share',
    `./${listed}`,
    `/${listed}`,
    `${listed}/`,
    `${listed}/.`,
    `${listed}\0`,
    `${listed}%00`,
    `${listed}.png`,
    ` ${listed}`,
    `${listed} `,
    `x/../${listed}`,
    listed.toUpperCase(),
    encodeURIComponent(`../${listed}`),
    `${listed}::$DATA`,
    `${listed}~`,
    'manifest.json/',
    'MANIFEST.JSON',
    'manifest.json%00',
    './manifest.json',
    'manifest%2ejson',
  ]
  return [...climbing, ...whole]
}
