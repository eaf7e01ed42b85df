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
      {({ state: { filter }, result: { counts } }) => <Figures filter={filter} counts={counts} />}
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
      counts,
      dimensions,
      filter,
      date: manifest.created.slice(0, 10),
    }
    return { input, figures: buildFigures(input) }
  }, [counts, dimensions, filter, manifest])
  if (!made)
    return (
      <p className="pt-3 text-muted">
        {stage === 'error'
          ? 'Could not load the counts for the figures; see below.'
          : 'Loading the counts for the figures…'}
      </p>
    )
  return (
    <div className="pt-3">
      <p className="mb-3 max-w-[80ch]">
        The paper’s tables and figures that count the dataset, drawn from this manifest’s rows
        {isEmpty(filter)
          ? ', next to the published numbers.'
          : ' under the filter above. Without a filter, they are compared with the published numbers.'}{' '}
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
