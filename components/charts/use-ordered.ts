'use client'

import { useMemo } from 'react'
import { REGION_COLORS } from '../../lib/charts/colors'
import type { Counts } from '../../lib/counts/counts'
import type { FacetCount } from '../../lib/manifest/manifest'

/** Unfiltered counts in the order of the bars: most images first. No filter changes this order. */
export function useOrdered(all: Counts) {
  return useMemo(() => {
    const { modality, datasetStructure, structure, organ, dataset } = all.facets
    return {
      modality: byImages(modality),
      datasetStructure: inStructureOrder(datasetStructure),
      structure: inStructureOrder(structure),
      organ: byImages(organ),
      dataset: byImages(dataset),
    }
  }, [all])
}

const byImages = (rows: readonly FacetCount[]) =>
  [...rows].sort((a, b) => b.images - a.images || (a.value < b.value ? -1 : 1))

const STRUCTURE_ORDER = Object.keys(REGION_COLORS)

const inStructureOrder = (rows: readonly FacetCount[]) =>
  [...rows].sort((a, b) => STRUCTURE_ORDER.indexOf(a.value) - STRUCTURE_ORDER.indexOf(b.value))
