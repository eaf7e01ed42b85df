'use client'

import { datasetPath } from '../../lib/catalog/paths'
import type { LabelRow } from '../../lib/filter/dimensions'
import type { NameExtent } from '../../lib/queries/name-extents'
import { LabelFacts } from './label-facts'
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
      // A page about a union label has nothing to count without its masks.
      unions={meanings.some(meaning => meaning.is_union)}
      facts={<LabelFacts meanings={meanings} />}
      others={{ facet: 'dataset', title: 'Datasets that carry it', pathOf: datasetPath }}
    />
  )
}
