interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

type Packages = Readonly<Record<string, LockedPackage>>

/** Licences of packages that name none in their package.json, from the LICENSE file in each. */
const FROM_LICENSE_FILE: Readonly<Record<string, string>> = {
  'json-bignum': 'MIT',
  'png-js': 'MIT',
  'react-vega': 'BSD-3-Clause',
}

const HEAD = `SA-Med2D Explorer
Licensed under the Apache License 2.0; see LICENSE.

It runs with, and its build includes, the third-party packages below: those that its code imports, and
those that they depend on. The packages in "dependencies" of package.json are installed by npm, unchanged,
each with the licence text that its authors put there. Code of the others is bundled; dist/licences.txt of
the npm package has all licence texts. This file is made from the imports and package-lock.json:
npm test -- --unit -u tests/docs writes it again.

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
 * The text of NOTICE: packages and all that they depend on, by licence.
 *
 * @param packages Of package-lock.json: path in node_modules → package.
 * @param roots Names of packages that the product ships or runs with.
 * @throws Error that names a package without a licence, or one that the lock file lacks.
 */
export function noticeText(packages: Packages, roots: Iterable<string>): string {
  const byLicence = new Map<string, Set<string>>()
  for (const path of reachedFrom(packages, roots)) {
    const name = path.split('node_modules/').at(-1) ?? ''
    const licence = packages[path]?.license ?? FROM_LICENSE_FILE[name]
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

/** Paths of packages and of all that they depend on. Binaries for other systems are among them. */
function reachedFrom(packages: Packages, roots: Iterable<string>): Set<string> {
  const reached = new Set<string>()
  const visit = (name: string, from: string) => {
    const path = placeOf(packages, name, from)
    if (path === undefined) throw new Error(`package-lock.json has no ${name}`)
    if (reached.has(path)) return
    reached.add(path)
    for (const needed of neededBy(packages[path] ?? {})) visit(needed, path)
  }
  for (const name of roots) visit(name, '')
  return reached
}

/** Names of what a package needs: its peers too, but for those that it can do without. */
function neededBy(one: LockedPackage): string[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = one
  const peers = Object.keys(peerDependencies)
  return [
    ...Object.keys(dependencies),
    ...Object.keys(optionalDependencies),
    ...peers.filter(name => !one.peerDependenciesMeta?.[name]?.optional),
  ]
}

/** Where Node finds a package: in the nearest node_modules of the one that asks. */
function placeOf(packages: Packages, name: string, from: string): string | undefined {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (packages[path] || from === '') return packages[path] && path
  const outer = from.lastIndexOf('/node_modules/')
  return placeOf(packages, name, outer < 0 ? '' : from.slice(0, outer))
}
