import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { formatAddress, readAddress } from '../../lib/subset/address'
import { recipeOf } from '../../lib/subset/recipe'
import { formatRecipe, RECIPE_KEYS } from '../../lib/subset/recipe-query'
import { samplings } from './samplings'
import { splitPlans } from './split-plans'

const recipes = fc
  .record({
    steps: fc.array(
      fc.oneof(
        fc.record({
          op: fc.constantFrom('add' as const, 'subtract' as const, 'intersect' as const),
          where: fc.string({ maxLength: 300, unit: 'binary' }),
        }),
        fc.record({
          op: fc.constantFrom('pick' as const, 'drop' as const),
          images: fc.array(fc.nat(2 ** 32 - 1), { maxLength: 300, size: 'max' }),
        }),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    name: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    seed: fc.nat(2 ** 32 - 1),
    manifest: fc.constantFrom('a1b2c3d4e5f60718', 'ffffffff'),
    split: fc.option(splitPlans, { nil: undefined }),
    ...samplings,
  })
  .map(parts => recipeOf('', parts))

test('an address gives its recipe back, plain or packed; old plain ones are read as ever', () => {
  let packed = 0
  fc.assert(
    fc.property(recipes, recipe => {
      const address = formatAddress(recipe)
      if (address.startsWith('z=')) packed++
      expect(address).toMatch(/^[^#\s]*$/)
      expect(readAddress(address)).toEqual(recipe)
      const plain = formatRecipe(recipe)
      expect(readAddress(plain)).toEqual(recipe)
      expect(RECIPE_KEYS).toEqual(expect.arrayContaining([...new URLSearchParams(plain).keys()]))
    }),
    { numRuns: 200 },
  )
  expect(packed).toBeGreaterThan(20)
})

test('what is short stays readable, and a few thousand ids fit into an address', () => {
  expect(formatAddress(recipeOf('modality=CT'))).toBe('add=modality%3DCT')
  const images = Array.from({ length: 4000 }, (_, i) => i * 1147 + ((i * 7919) % 1000))
  const address = formatAddress(recipeOf('', { steps: [{ op: 'pick', images }] }))
  expect(address.length).toBeLessThan(8192)
  // Written by whatever wrote it: the bytes are part of links that are out there.
  expect(formatAddress(recipeOf('', { steps: [{ op: 'pick', images }] }))).toBe(address)
})

test('a cut, changed or hostile address is an error that says so', () => {
  const images = Array.from({ length: 1000 }, (_, i) => i * 17)
  const address = formatAddress(recipeOf('', { steps: [{ op: 'pick', images }] }))
  expect(() => readAddress(address.slice(0, -40))).toThrow(/the URL is cut off/)
  expect(() => readAddress('z=%00')).toThrow(/the URL is cut off/)
  expect(() => readAddress('z=')).toThrow(/the URL is cut off/)
  const packed = (data: string | Uint8Array) =>
    `z=${Buffer.from(deflateSync(Buffer.from(data))).toString('base64url')}`
  for (const json of ['null', '[]', '{"steps":[null]}', '{"steps":[{"op":"pick","images":["x"]}]}'])
    expect(() => readAddress(packed(json)), json).toThrow(/^subset: /)
  expect(() => readAddress(packed(new Uint8Array(50_000_000)))).toThrow(/the URL is cut off/)
})
