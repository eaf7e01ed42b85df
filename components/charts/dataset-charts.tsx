'use client'

import { memo, useEffect, useState } from 'react'
import { DatasetChart, type DatasetChartProps, type DatasetMeasure } from './dataset-chart'
import { type CasesResult, useCasesBy } from './use-cases-by'
import { useDatasetCases } from './use-dataset-cases'

type Given = Omit<DatasetChartProps, 'measure' | 'onMeasure' | 'cases' | 'allCases' | 'missing'>

/** The source datasets; their cases are counted only while they are shown. */
export const DatasetCharts = memo(function DatasetCharts(props: Given) {
  const [measure, setMeasure] = useState<DatasetMeasure>('counts')
  const [{ cases, missing }, setCases] = useState<CasesResult>(NOT_ASKED)
  const wanted = measure === 'cases'
  const allCases = useDatasetCases(wanted)
  return (
    <>
      {wanted && <AskCases onCases={setCases} />}
      <DatasetChart
        {...props}
        measure={measure}
        onMeasure={setMeasure}
        cases={cases}
        missing={missing}
        allCases={allCases}
      />
    </>
  )
})

const NOT_ASKED: CasesResult = { cases: null, missing: null }

/** Counts the cases while it is rendered. */
function AskCases({ onCases }: { onCases: (result: CasesResult) => void }) {
  const { cases, missing } = useCasesBy('dataset')
  useEffect(() => onCases({ cases, missing }), [cases, missing, onCases])
  return null
}
