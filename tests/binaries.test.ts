import { expect, test } from 'vitest'
import lock from '../package-lock.json' with { type: 'json' }

interface Package {
  readonly version?: string
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Path in node_modules → package. */
type Packages = Readonly<Record<string, Package>>

const LOCKED: Packages = lock.packages

const PLATFORMS = ['darwin arm64', 'darwin x64', 'win32 x64', 'linux x64', 'linux arm64']

// npm 10 installs only the binaries that the lock file lists, whatever the system it runs on.
test('the lock file has every package’s binaries for the platforms that we support', () => {
  expect(missingBinaries(LOCKED)).toEqual([])
})

const OWNERS = Object.keys(LOCKED).filter(path => binariesOf(LOCKED, path).length > 1)

test('packages with binaries are recognised', () => {
  expect(OWNERS).toContain('node_modules/@duckdb/node-bindings')
  expect(OWNERS).toContain('node_modules/sharp')
})

test.each(OWNERS)('a binary of %s that is not in the lock file is missed', owner => {
  const binary = binariesOf(LOCKED, owner).find(({ path }) => isFor(LOCKED[path], 'darwin arm64'))
  const broken = Object.fromEntries(
    Object.entries(LOCKED).filter(([path]) => path !== binary?.path),
  )
  expect(missingBinaries(broken)).toContain(`${owner}: ${binary?.name} is not in the lock file`)
})

test.each(OWNERS)('a platform that %s has no binary for is missed', owner => {
  const { optionalDependencies = {}, ...rest } = LOCKED[owner] ?? {}
  const forWindows = new Set(
    binariesOf(LOCKED, owner)
      .filter(({ path }) => isFor(LOCKED[path], 'win32 x64'))
      .map(({ name }) => name),
  )
  const offered = Object.fromEntries(
    Object.entries(optionalDependencies).filter(([name]) => !forWindows.has(name)),
  )
  const broken = { ...LOCKED, [owner]: { ...rest, optionalDependencies: offered } }
  expect(missingBinaries(broken)).toContain(`${owner}: nothing for win32 x64`)
})

/** Every optional package that is not listed, and every platform that a package with binaries leaves out. */
function missingBinaries(packages: Packages): string[] {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) => {
    const unlisted = Object.keys(optionalDependencies)
      .filter(name => pathOf(packages, owner, name) === undefined)
      .map(name => `${owner}: ${name} is not in the lock file`)
    const binaries = binariesOf(packages, owner)
    // A single one is a help for one system, such as fsevents for macOS.
    if (binaries.length < 2) return unlisted
    const uncovered = PLATFORMS.filter(
      platform => !binaries.some(({ path }) => isFor(packages[path], platform)),
    ).map(platform => `${owner}: nothing for ${platform}`)
    return [...unlisted, ...uncovered]
  })
}

/** The optional packages of a package that are for some systems only. */
function binariesOf(packages: Packages, owner: string): { name: string; path: string }[] {
  return Object.keys(packages[owner]?.optionalDependencies ?? {}).flatMap(name => {
    const path = pathOf(packages, owner, name)
    return path && (packages[path]?.os || packages[path]?.cpu) ? [{ name, path }] : []
  })
}

/** Where Node finds a package from inside another: in its own node_modules, or in one further up. */
function pathOf(packages: Packages, owner: string, name: string): string | undefined {
  const parents = owner.split('/node_modules/')
  return parents
    .map(
      (_, i) =>
        `${parents.slice(0, parents.length - i).join('/node_modules/')}/node_modules/${name}`,
    )
    .concat(`node_modules/${name}`)
    .find(path => packages[path])
}

function isFor({ os, cpu }: Package = {}, platform: string): boolean {
  const [system = '', processor = ''] = platform.split(' ')
  return (!os || os.includes(system)) && (!cpu || cpu.includes(processor))
}
