'use client'

import { datasetPath } from '../../lib/catalog/paths'
import type { LabelRow } from '../../lib/filter/dimensions'
import type { NameExtent } from '../../lib/queries/name-extents'
import { LabelFacts } from './label-facts'
import { LabelPartners } from './label-partners'
import { NamePage } from './name-page'

export interface LabelPageProps {
  readonly name: string
  readonly meanings: readonly LabelRow[]
  readonly extent: NameExtent | null
}

/** Everything about one label name. */
export function LabelPage({ name, meanings, extent }: LabelPageProps) {
  return (
    <NamePage
      facet="label"
      name={name}
      extent={extent}
      facts={<LabelFacts name={name} meanings={meanings} />}
      last={images => <LabelPartners name={name} total={images} />}
      others={{ facet: 'dataset', title: 'Datasets with this label', pathOf: datasetPath }}
    />
  )
}
