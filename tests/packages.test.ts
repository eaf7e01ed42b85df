import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import lock from '../package-lock.json' with { type: 'json' }

interface Package {
  version?: string
  resolved?: string
  integrity?: string
  /** It is inside the package that it is for, and under that one's hash. */
  inBundle?: boolean
}

/** Path in node_modules → package, without the project itself. */
const packages = Object.entries<Package>(lock.packages).filter(([path]) => path !== '')

const copiesOf = (name: string) =>
  packages
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version)

/** Earlier ones run foreign code while they decode a picture. */
test.each([
  ['next', '16.4.3'],
  ['sharp', '0.35.5'],
])('%s is at least %s', (name, floor) => {
  const copies = copiesOf(name)
  expect(copies.length).toBeGreaterThan(0)
  for (const version of copies)
    expect(compareVersions(version ?? '', floor)).toBeGreaterThanOrEqual(0)
})

// Two copies do not recognise each other's objects.
test.each(['apache-arrow', 'react', 'react-dom', 'vega', 'vega-lite'])(
  'there is one copy of %s',
  name => {
    expect(copiesOf(name)).toHaveLength(1)
  },
)

test('every version is exact', () => {
  const wanted = { ...packageJson.dependencies, ...packageJson.devDependencies }
  const loose = Object.entries(wanted).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})

// npm leaves the address out where it is the registry's own.
test('packages come from the registry, with a hash', () => {
  const foreign = packages.filter(
    ([, { resolved, integrity, inBundle }]) =>
      (resolved && !resolved.startsWith('https://registry.npmjs.org/')) ||
      !(inBundle || integrity?.startsWith('sha512-')),
  )
  expect(foreign.map(([path, { resolved }]) => `${path} ${resolved}`)).toEqual([])
})

test('versions compare by number, and a pre-release comes before its release', () => {
  expect(compareVersions('16.10.0', '16.4.3')).toBeGreaterThan(0)
  expect(compareVersions('16.4.3', '16.4.3')).toBe(0)
  expect(compareVersions('16.4.3-canary.1', '16.4.3')).toBeLessThan(0)
})

function compareVersions(a: string, b: string): number {
  const [numbers, others] = [a, b].map(
    version => version.split('-')[0]?.split('.').map(Number) ?? [],
  )
  for (let i = 0; i < 3; i++) {
    const difference = (numbers?.[i] ?? 0) - (others?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return Number(b.includes('-')) - Number(a.includes('-'))
}
