'use client'

import { labelPath } from '../../lib/catalog/paths'
import type { DatasetRow } from '../../lib/filter/dimensions'
import type { NameExtent } from '../../lib/queries/name-extents'
import { DatasetFacts } from './dataset-facts'
import { DatasetNotes } from './dataset-notes'
import { NamePage } from './name-page'

/** Everything about one source dataset. */
export function DatasetPage({ row, extent }: { row: DatasetRow; extent: NameExtent | null }) {
  return (
    <NamePage
      facet="dataset"
      name={row.dataset}
      extent={extent}
      facts={
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
          <DatasetFacts name={row.dataset} row={row} />
          <DatasetNotes name={row.dataset} />
        </div>
      }
      others={{ facet: 'label', title: 'Labels', pathOf: labelPath }}
    />
  )
}
