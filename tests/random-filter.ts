import fc from 'fast-check'
import { type FacetName, UNASSIGNED } from '../lib/filter/facets'
import type { Filter, Range } from '../lib/filter/filter'

const oneOf = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const range = (...ends: number[]) =>
  fc
    .tuple(fc.constantFrom(undefined, ...ends), fc.constantFrom(undefined, ...ends))
    .filter(([a, b]) => (a ?? b) !== undefined && (a ?? -1) <= (b ?? 1e9))
    .map(
      ([min, max]): Range => ({
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      }),
    )
const anyFilter = fc.record(
  {
    modality: oneOf('CT', 'MR', 'X-ray'),
    submodality: oneOf('ct_00', 'mr_t1', 'mr_t2'),
    dataset: oneOf('BTCV', 'BraTS', 'Unheard-of'),
    axis: oneOf('x', 'y', '2d'),
    flag: oneOf(
      'none',
      'constant',
      'mask_empty',
      'mask_unreadable',
      'duplicate_in_dataset',
      'duplicate_across_datasets',
      'whole_cavity',
      'full_frame',
    ),
    organ: oneOf('Liver', 'Kidney', 'Lung', UNASSIGNED),
    label: oneOf('left', 'liver', 'tumor', 'union_liver_tumor'),
    region: oneOf('Abdomen', 'Thorax', UNASSIGNED),
    lesion: oneOf('0', '1'),
    union: oneOf('0', '1'),
    width: range(64, 255, 256, 511),
    height: range(64, 256, 300),
    masks: range(0, 1, 3, 10, 15),
    area: range(0, 0.1, 0.25, 1),
    side: oneOf('left', 'right', 'none'),
    aspect: range(0.5, 0.9999, 1, 1.0001, 2),
  } satisfies Record<FacetName, fc.Arbitrary<unknown>>,
  { requiredKeys: [] },
) as fc.Arbitrary<Filter>
const excluded = fc.option(
  fc.constantFrom<Filter['not']>(
    { dataset: ['BTCV'] },
    { modality: ['MR'], axis: ['x', 'z'] },
    { label: ['liver'] },
    { organ: ['Liver', UNASSIGNED], lesion: ['1'] },
    { union: ['1'] },
    { label: ['union_liver_tumor'] },
    { flag: ['duplicate_across_datasets', 'mask_empty'] },
    { flag: ['none'] },
  ),
  { nil: undefined, freq: 2 },
)
const all = fc.option(
  fc.constantFrom<Filter>(
    { label: ['liver', 'tumor'], all: ['label'] },
    { organ: ['Kidney', 'Liver'], all: ['organ'] },
    { label: ['liver', 'union_liver_tumor'], all: ['label'] },
    { organ: ['Kidney', 'Liver'], label: ['left', 'liver'], all: ['label', 'organ'] },
  ),
  { nil: undefined, freq: 2 },
)
/** Filters over `randomRelease`; most facets are off, so that most filters select something. */
export const someFilter: fc.Arbitrary<Filter> = fc
  .tuple(anyFilter, fc.array(fc.nat(15), { maxLength: 3 }), excluded, all)
  .map(([filter, keep, not, all]) => {
    const kept = Object.fromEntries(Object.entries(filter).filter((_, i) => keep.includes(i)))
    return { ...kept, ...(not && { not }), ...all }
  }) as fc.Arbitrary<Filter>
