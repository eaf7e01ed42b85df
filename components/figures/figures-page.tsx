'use client'

import { useMemo } from 'react'
import type { Counts } from '../../lib/counts/counts'
import type { FigureInput } from '../../lib/figures/figure'
import { buildFigures } from '../../lib/figures/figures'
import { BIBTEX } from '../../lib/figures/published'
import type { Filter } from '../../lib/filter/filter'
import { isEmpty } from '../../lib/filter/filter'
import { useEngine } from '../engine-provider'
import { FilterPage } from '../filter-page/filter-page'
import { CopyButton } from '../ui/copy-button'
import { ExampleFigure } from './example-figure'
import { FigureCard } from './figure-card'

/** The paper's figures, drawn from the rows of the filter in the URL. */
export function FiguresPage() {
  return (
    <FilterPage title="Figures">
      {({ state: { filter, unions }, result: { counts } }) =>
        unions ? (
          <p className="pt-3">
            Figures leave union masks out of label groups, as the page does unless asked. Take
            “Count union masks” back in the facets to see them.
          </p>
        ) : (
          <Figures filter={filter} counts={counts} />
        )
      }
    </FilterPage>
  )
}

function Figures({ filter, counts }: { filter: Filter; counts: Counts | null }) {
  const { manifest, cube, stage } = useEngine()
  const dimensions = cube?.dimensions
  const made = useMemo(() => {
    if (!counts || !dimensions) return null
    const input: FigureInput = {
      manifest,
      ...{ counts, dimensions, filter },
      date: manifest.created.slice(0, 10),
    }
    return { input, figures: buildFigures(input) }
  }, [counts, dimensions, filter, manifest])
  if (!made)
    return (
      <p className="pt-3 text-muted">
        {stage === 'error'
          ? 'The figures need the counts, which could not be loaded; see below.'
          : 'The figures come with the counts, which are being loaded.'}
      </p>
    )
  return (
    <div className="pt-3">
      <p className="mb-3 max-w-[80ch]">
        Every table and figure of the paper that counts the dataset, drawn from this manifest’s rows
        {isEmpty(filter)
          ? ', beside the published numbers.'
          : ' under the filter above; without a filter they stand beside the published numbers.'}{' '}
        <CopyButton text={BIBTEX} what="BibTeX of paper and dataset" />
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 2xl:grid-cols-[repeat(2,minmax(0,1fr))]">
        {made.figures.map(figure =>
          figure.id === 'example-images' ? (
            <ExampleFigure key={figure.id} input={made.input} />
          ) : (
            <FigureCard key={figure.id} figure={figure} input={made.input} />
          ),
        )}
      </div>
    </div>
  )
}
