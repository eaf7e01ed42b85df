'use client'

import { absence, datasetAnswer } from '../../lib/catalog/dataset-answer'
import { knownDataset } from '../../lib/catalog/known-datasets'
import { datasetPath } from '../../lib/catalog/paths'
import { useEngine } from '../engine-provider'
import { DatasetFacts } from './dataset-facts'
import { DatasetNotes } from './dataset-notes'
import { UnknownName } from './unknown-name'

/** 404 page of a dataset: whether it is a known dataset, and similar names of the manifest. */
export function UnknownDataset({ name }: { name: string }) {
  const { summary } = useEngine().manifest
  const rows = summary.facets.dataset ?? []
  const names = rows.map(row => row.value)
  const answer = datasetAnswer(name, names)
  const known = answer.present ? undefined : knownDataset(answer.name)
  const nearest = answer.present ? [answer.name] : answer.nearest
  return (
    <UnknownName
      name={name}
      kind="Dataset"
      statement={`The dataset “${name}” is ${absence(known !== undefined)}.`}
      nearest={nearest}
      rows={rows}
      pathOf={datasetPath}
    >
      {known && (
        <>
          <p>
            {known.dataset !== name && `Its name in our list is ${known.dataset}. `}Known facts,
            independent of this manifest:
          </p>
          <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
            <DatasetFacts name={known.dataset} />
            <DatasetNotes name={known.dataset} />
          </div>
        </>
      )}
    </UnknownName>
  )
}
