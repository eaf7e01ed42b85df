'use client'

import { useMemo } from 'react'
import type { Counts } from '../../lib/counts/counts'
import { selectedDatasets } from '../../lib/counts/selected-datasets'
import { FACETS, VALUE_FACET_NAMES, type ValueFacetName } from '../../lib/filter/facets'
import { activeFacets, type Filter, withoutFacet, withValues } from '../../lib/filter/filter'
import { NO_FLAG } from '../../lib/manifest/flags'
import type { FacetCount } from '../../lib/manifest/manifest'
import { KeepInPlace } from '../deferred/keep-in-place'
import { SeenFirst } from '../deferred/seen-first'
import { type FilterState, updateFilter } from '../use-filter'
import { axisWords } from './axis-names'
import { MergedNote } from './merged-note'
import { RANGES, rangeCounts, unmeasured } from './range-counts'
import { RangeFacet } from './range-facet'
import type { TreeCounts } from './tree-counts'
import { TreeFacet } from './tree-facet'
import { useFacetTrees } from './use-facet-trees'
import { ValueFacet } from './value-facet'

const MODALITIES = ['modality', 'submodality'] as const satisfies readonly ValueFacetName[]
const LABELS = ['region', 'organ', 'label'] as const satisfies readonly ValueFacetName[]
type FlatFacetName = Exclude<ValueFacetName, (typeof MODALITIES | typeof LABELS)[number]>

const isFlat = (name: ValueFacetName): name is FlatFacetName =>
  ![...MODALITIES, ...LABELS].some(one => one === name)

/** Facets that are not in a tree; facets of masks first. */
const FLAT = VALUE_FACET_NAMES.filter(isFlat).sort(
  (a, b) => Number(FACETS[a].of === 'image') - Number(FACETS[b].of === 'image'),
)

// One constant, so that a facet without values does not render again.
const NONE: readonly FacetCount[] = []
const NO_COUNTS: TreeCounts = {}
const NO_VALUES: readonly string[] = []

/** The facet of flags is shown if any image has a flag, or the filter uses the facet. */
const hasFlags = (all: Counts | null, filter: Filter) =>
  activeFacets(filter).includes('flag') ||
  (all?.facets.flag.some(({ value }) => value !== NO_FLAG) ?? false)

/** Include merged masks, or leave them out where masks are filtered. */
const includeMerged = (include: boolean) =>
  updateFilter(filter => {
    const rest = withoutFacet(filter, 'union')
    return include ? withValues(rest, 'union', ['0', '1']) : rest
  })

/** All facets, in the order in which readers narrow down a filter. */
export function FacetPanel({
  state: { filter },
  counts,
  all,
  pending,
}: {
  state: FilterState
  counts: Counts | null
  all: Counts | null
  pending: boolean
}) {
  const now = counts ?? all
  const trees = useFacetTrees(all?.facets.modality ?? NONE)
  const datasets = selectedDatasets(filter, now?.facets.dataset ?? NONE)
  // biome-ignore lint/correctness/useExhaustiveDependencies: their names say all
  const wordsOfAxis = useMemo(() => axisWords(datasets), [datasets.join('\n')])
  const bins = useMemo(() => rangeCounts(now), [now])
  const allBins = useMemo(() => rangeCounts(all), [all])
  const tree = {
    counts: now?.facets ?? NO_COUNTS,
    all: all?.facets ?? NO_COUNTS,
    filter,
    pending,
  }
  return (
    <KeepInPlace>
      <p className="pb-2 text-[11px] text-muted">
        Counts apply every other filter. Ticking several values means any of them. ⊖ excludes.
      </p>
      <SeenFirst>
        <TreeFacet
          {...tree}
          names={MODALITIES}
          title="Modality"
          searched="modality or sub-modality"
          inside="sub-modalities"
          nodes={trees.modality}
        />
      </SeenFirst>
      <MergedNote filter={filter} />
      <SeenFirst>
        <TreeFacet
          {...tree}
          names={LABELS}
          title="Region, organ, label"
          searched="region, organ or label"
          inside="organs"
          nodes={trees.labels}
        />
      </SeenFirst>
      {FLAT.filter(name => name !== 'flag' || hasFlags(all, filter)).map(name => (
        <SeenFirst key={name}>
          <ValueFacet
            name={name}
            title={FACETS[name].title}
            rows={now?.facets[name] ?? NONE}
            all={all?.facets[name] ?? NONE}
            picked={filter[name] ?? NO_VALUES}
            excluded={filter.not?.[name] ?? NO_VALUES}
            pending={pending}
            wordsOf={name === 'axis' ? wordsOfAxis : undefined}
          />
        </SeenFirst>
      ))}
      {RANGES.map(name => (
        <SeenFirst key={name}>
          <RangeFacet
            name={name}
            range={filter[name]}
            bins={bins[name]}
            all={allBins[name]}
            unmeasured={unmeasured(name, all, allBins)}
            pending={pending}
          />
        </SeenFirst>
      ))}
      <label className="flex items-start gap-1.5 border-t border-line py-2">
        <input
          type="checkbox"
          checked={filter.union?.includes('1') ?? false}
          onChange={event => includeMerged(event.target.checked)}
          className="mt-0.5 accent-data"
        />
        <span>
          Include merged masks
          <span className="block text-[11px] text-muted">
            They repeat pixels of other masks. Without a filter on masks, totals include them.
          </span>
        </span>
      </label>
    </KeepInPlace>
  )
}
