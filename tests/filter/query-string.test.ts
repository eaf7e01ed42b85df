import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACET_NAMES, FACETS, isRangeFacet } from '../../lib/filter/facets'
import { type Filter, withExcluded, withRange, withValues } from '../../lib/filter/filter'
import { formatFilter, parseFilter } from '../../lib/filter/query-string'

const filters = fc
  .array(
    fc.tuple(
      fc.constantFrom(...FACET_NAMES),
      fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
      fc.nat(5000),
      fc.nat(5000),
      fc.boolean(),
    ),
    { maxLength: 6 },
  )
  .map(entries => {
    let filter: Filter = {}
    for (const [name, values, a, b, exclude] of entries) {
      if (isRangeFacet(name)) {
        const scale = FACETS[name].integer ? 1 : 1e-4
        filter = withRange(filter, name, {
          min: Math.min(a, b) * scale,
          max: Math.max(a, b) * scale,
        })
      } else if (exclude) filter = withExcluded(withValues(filter, name, []), name, values)
      else filter = withExcluded(withValues(filter, name, values), name, [])
    }
    return filter
  })

describe('query string', () => {
  test('any filter survives the way to a URL and back', () => {
    fc.assert(
      fc.property(filters, filter => {
        expect(parseFilter(formatFilter(filter))).toEqual({ filter, problems: [] })
      }),
    )
  })

  test('the canonical form does not depend on the order of facets and values', () => {
    const one = parseFilter('organ=Liver,Kidney&modality=MR,CT').filter
    const two = parseFilter('?modality=CT,MR&organ=Kidney,Liver').filter
    expect(formatFilter(one)).toBe('modality=CT,MR&organ=Kidney,Liver')
    expect(formatFilter(two)).toBe(formatFilter(one))
  })

  test('the names of planes are other words for the axes, and the URL keeps the letters', () => {
    const { filter, problems } = parseFilter('axis=Axial,z,!coronal')
    expect({ filter, problems }).toEqual({
      filter: { axis: ['x', 'z'], not: { axis: ['y'] } },
      problems: [],
    })
    expect(formatFilter(filter)).toBe('axis=x,z,!y')
    expect(parseFilter('axis=axial,x').filter).toEqual({ axis: ['x'] })
    expect(parseFilter('axis=axial,!x').filter).toEqual({ axis: ['x'] })
    // Of other facets they are values like any other.
    expect(parseFilter('dataset=axial').filter).toEqual({ dataset: ['axial'] })
  })

  test('never throws, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const { filter } = parseFilter(text)
        expect(parseFilter(formatFilter(filter)).filter).toEqual(filter)
      }),
    )
  })

  test.each([
    ['width=256..512', { width: { min: 256, max: 512 } }],
    ['height=..512', { height: { max: 512 } }],
    ['masks=3', { masks: { min: 3, max: 3 } }],
    ['area=0.01..0.2', { area: { min: 0.01, max: 0.2 } }],
    ['area=..0.2', { area: { max: 0.2 } }],
    ['area=0.5..', { area: { min: 0.5 } }],
    ['dataset=a%5C%2Cb,c+d', { dataset: ['a,b', 'c d'] }],
    ['dataset=a%2Cb', { dataset: ['a', 'b'] }],
    ['dataset=!BTCV', { not: { dataset: ['BTCV'] } }],
    ['dataset=%21BTCV,ACDC', { dataset: ['ACDC'], not: { dataset: ['BTCV'] } }],
    ['dataset=%5C!odd', { dataset: ['!odd'] }],
    ['modality=CT & organ=Liver', { modality: ['CT'], organ: ['Liver'] }],
    ['label=100%', { label: ['100%'] }],
    // Links of earlier versions.
    ['unions=1&modality=CT', { modality: ['CT'], union: ['0', '1'] }],
    ['unions=1&union=1', { union: ['1'] }],
    ['unions=0&modality=CT', { modality: ['CT'] }],
  ])('%s', (query, filter) => {
    expect(parseFilter(query)).toEqual({ filter, problems: [] })
  })

  test.each([
    ['colour=red', 'Unknown facet "colour"; expected one of modality, '],
    ['organs=Liver', 'Unknown facet "organs". Did you mean organ?'],
    ['__proto__=x', 'Unknown facet "__proto__"'],
    ['width=a..b', 'is not a range for width'],
    ['width=1.5', 'is not a range for width'],
    ['width=9..1', 'is not a range for width'],
    ['width=..', 'is not a range for width'],
    ['modality=', 'has no value'],
    ['modality=CT&modality=MR', 'given twice'],
    [`label=${'x'.repeat(9000)}`, 'longer than'],
  ])('%s is named as a problem', (query, problem) => {
    expect(parseFilter(query).problems.join(' ')).toContain(problem)
  })
})
