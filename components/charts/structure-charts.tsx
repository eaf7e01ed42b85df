'use client'

import { memo, useCallback, useMemo } from 'react'
import type { Filter } from '../../lib/filter/filter'
import {
  pickDatasetStructure,
  pickedDatasetStructures,
  pickedStructure,
  pickStructure,
} from '../../lib/filter/pick-structure'
import type { FacetCount } from '../../lib/manifest/manifest'
import { useEngine } from '../engine-provider'
import { updateFilter } from '../use-filter'
import { CountBarsChart } from './count-bars-chart'

interface StructureChartProps {
  readonly filter: Filter
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts, in the order of the bars. */
  readonly all: readonly FacetCount[]
  readonly colorOf: (structure: string) => string
  readonly pending: boolean
  readonly error: string | null
}

/** Structures by dataset, as in the paper. Clicking a bar selects the datasets that cover the structure. */
export const DatasetStructuresChart = memo(function DatasetStructuresChart({
  filter,
  ...props
}: StructureChartProps) {
  const dimensions = useEngine().cube?.dimensions
  const { all } = props
  const { dataset } = filter
  const picked = useMemo(() => {
    const structures = all.map(row => row.value)
    return dimensions && dataset && pickedDatasetStructures({ dataset }, structures, dimensions)
  }, [dataset, all, dimensions])
  const onPick = useMemo(
    // The datasets of a structure are known once the cubes are loaded.
    () =>
      dimensions &&
      ((structure: string) => {
        updateFilter(before => pickDatasetStructure(before, structure, dimensions))
      }),
    [dimensions],
  )
  return (
    <CountBarsChart
      {...props}
      name="structures-published"
      title="Anatomical structures, by dataset"
      note="as in the paper: each dataset is counted in full under every structure it covers"
      noun="structure"
      facet="datasetStructure"
      picked={picked}
      onPick={onPick}
    />
  )
})

/** Structures by mask. Clicking a bar selects the masks of the structure. */
export const MaskStructuresChart = memo(function MaskStructuresChart({
  filter,
  ...props
}: StructureChartProps) {
  const structure = pickedStructure(filter)
  const picked = useMemo(() => (structure === null ? [] : [structure]), [structure])
  const onPick = useCallback((value: string) => {
    updateFilter(before => pickStructure(before, value))
  }, [])
  return (
    <CountBarsChart
      {...props}
      name="structures"
      title="Anatomical structures, by mask"
      note="every mask counted once; lesions under Lesion"
      noun="structure"
      facet="structure"
      picked={picked}
      onPick={onPick}
    />
  )
})
