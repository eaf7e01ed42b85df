interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
}

/** Licences of packages that name none in their package.json, from the LICENSE file in each. */
const FROM_LICENSE_FILE: Readonly<Record<string, string>> = {
  'json-bignum': 'MIT',
  'png-js': 'MIT',
  'react-vega': 'BSD-3-Clause',
}

const HEAD = `SA-Med2D Explorer
Licensed under the Apache License 2.0; see LICENSE.

It runs with, and its build includes, the third-party packages below. npm installs them unchanged in
node_modules, each with the licence text that its authors put there. This file is made from
package-lock.json: npm test -- --unit -u tests/docs writes it again.

Some of them deserve a note:

- libvips and the libraries inside it (@img/sharp-libvips-*, and @img/sharp-win32-* on Windows) are under
  LGPL-3.0-or-later and the licences that the README of that package lists. They are shared libraries of
  their own, unmodified; they can be replaced. Source: https://github.com/lovell/sharp-libvips
- resvg (@resvg/resvg-js) is under MPL-2.0, unmodified. Source: https://github.com/thx/resvg-js
- Lightning CSS (lightningcss) is under MPL-2.0, unmodified, used while building.
  Source: https://github.com/parcel-bundler/lightningcss
- The Arimo fonts (@expo-google-fonts/arimo) are under the SIL Open Font License 1.1, Copyright 2026 The
  Arimo Project Authors (https://github.com/googlefonts/arimo); the package around them is under MIT. PDF
  figures embed parts of them.
- caniuse-lite is data of https://caniuse.com under CC-BY-4.0, used while building.
- json-bignum (MIT, Datalanche, Inc.), png-js (MIT, Copyright 2017 Devon Govett) and react-vega
  (BSD-3-Clause, Copyright 2025, Vega) state their licence in a LICENSE file only.
`

const WIDTH = 110

/**
 * The text of NOTICE: every package that an installation without development packages has, by licence.
 *
 * @param packages Of package-lock.json: path in node_modules → package.
 * @throws Error that names a package without a licence.
 */
export function noticeText(packages: Readonly<Record<string, LockedPackage>>): string {
  const byLicence = new Map<string, Set<string>>()
  for (const [path, { license, dev }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (name === '' || dev) continue
    const licence = license ?? FROM_LICENSE_FILE[name]
    if (!licence) throw new Error(`${name} names no licence; look it up and add it to notice.ts`)
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(name))
  }
  const sections = [...byLicence]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, names]) => `\n${licence}\n${wrapped([...names].toSorted())}\n`)
  return HEAD + sections.join('')
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  for (const name of names) {
    if (line !== '' && line.length + name.length + 4 > WIDTH) {
      lines.push(`${line},`)
      line = ''
    }
    line += line === '' ? `  ${name}` : `, ${name}`
  }
  return [...lines, line].join('\n')
}
