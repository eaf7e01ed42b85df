import { strength } from '../charts/body-map-colors'
import { countOf, formatCount } from '../format'
import type { FacetCount } from '../manifest/manifest'
import { ORGANS } from '../taxonomy/organs'

export type Measure = 'masks' | 'images'

/** Masks whose label has no organ; shown as a row below the figure. */
export const UNASSIGNED = 'Unassigned'

/** One organ as the body map shows it. */
export interface OrganCount {
  readonly organ: string
  readonly region: string
  readonly lesions: boolean
  readonly images: number
  readonly masks: number
  readonly allImages: number
  readonly allMasks: number
  /** Share of the region's hue in the fill, 0 to 1. */
  readonly share: number
  readonly picked: boolean
  /** True if only other organs are selected. */
  readonly faded: boolean
}

/** The largest unfiltered count of an organ: the end of the colour scale, which no filter changes. */
export const largest = (all: readonly FacetCount[], measure: Measure): number =>
  all.reduce((max, row) => (row.value === UNASSIGNED ? max : Math.max(max, row[measure])), 1)

/** Counts of all organs, with unassigned masks last; organs without a row have the count 0. */
export function organCounts(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  picked: readonly string[] = [],
  measure: Measure = 'masks',
): OrganCount[] {
  const selected = new Map(rows.map(row => [row.value, row]))
  const total = new Map(all.map(row => [row.value, row]))
  const max = largest(all, measure)
  const organs = [...ORGANS, { organ: UNASSIGNED, region: UNASSIGNED, lesions: false }]
  return organs.map(({ organ, region, lesions }) => {
    const row = selected.get(organ)
    return {
      organ,
      region,
      lesions,
      images: row?.images ?? 0,
      masks: row?.masks ?? 0,
      allImages: total.get(organ)?.images ?? 0,
      allMasks: total.get(organ)?.masks ?? 0,
      share: strength(row?.[measure] ?? 0, max),
      picked: picked.includes(organ),
      faded: picked.length > 0 && !picked.includes(organ),
    }
  })
}

/** "Liver: 5 of 1,200 images, 8 of 3,000 masks; lesions annotated". */
export function describeOrgan({ organ, lesions, ...n }: OrganCount): string {
  const images = `${formatCount(n.images)} of ${countOf(n.allImages, 'image')}`
  const masks = `${formatCount(n.masks)} of ${countOf(n.allMasks, 'mask')}`
  return `${organ}: ${images}, ${masks}${lesions ? '; lesions annotated' : ''}`
}
