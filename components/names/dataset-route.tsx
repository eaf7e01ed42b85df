'use client'

import { useNames } from '../engine-provider'
import { DatasetPage } from './dataset-page'
import { UnknownDataset } from './unknown-dataset'
import { useRouteName } from './use-route-name'

/** The page of the dataset that the URL names, whether the manifest has it or not. */
export function DatasetRoute() {
  const name = useRouteName()
  const { datasets, datasetExtents } = useNames()
  const row = datasets.find(({ dataset }) => dataset === name)
  if (!row) return <UnknownDataset name={name} />
  return <DatasetPage key={name} row={row} extent={datasetExtents[name] ?? null} />
}
