'use client'

import { useMemo } from 'react'
import type { FacetCount } from '../../lib/manifest/manifest'
import { ORGANS } from '../../lib/taxonomy/organs'
import { useEngine } from '../engine-provider'
import { labelTree, type Meaning, modalityTree } from './facet-tree'

/** Organs and their regions, until the manifest's labels are loaded. */
const ORGANS_ONLY: readonly Meaning[] = [
  ...ORGANS.map(({ region, organ }) => ({ region, organ, label: null })),
  { region: null, organ: null, label: null },
]

/** The trees of the manifest's modalities and labels; only the upper levels until the cubes are loaded. */
export function useFacetTrees(modalities: readonly FacetCount[]) {
  const dimensions = useEngine().cube?.dimensions
  const labels = useMemo(() => labelTree(dimensions?.labels ?? ORGANS_ONLY), [dimensions])
  const rows = dimensions?.submodalities
  const modality = useMemo(
    () => modalityTree(rows ?? modalities.map(({ value }) => ({ modality: value }))),
    [rows, modalities],
  )
  return { labels, modality }
}
