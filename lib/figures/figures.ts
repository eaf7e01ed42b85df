import { formatFilter } from '../filter/query-string'
import { anatomy } from './anatomy'
import { datasetsBySize, datasetsByStructure } from './datasets'
import { exampleImages } from './example-images'
import {
  agrees,
  FIGURE_IDS,
  type Figure,
  type FigureId,
  type FigureInput,
  type FigureMaker,
} from './figure'
import { labelDistribution } from './label-distribution'
import { modalityDonut } from './modality-donut'
import { modalityTable } from './modality-table'
import { sizeComparison } from './size-comparison'
import { sizesAndAreas } from './sizes-and-areas'
import { masksByStructure, samplesByStructure, structuresSymlog } from './structures'

const MAKERS: Readonly<Record<FigureId, FigureMaker>> = {
  'modality-table': modalityTable,
  'modality-donut': modalityDonut,
  'datasets-by-size': datasetsBySize,
  'datasets-by-structure': datasetsByStructure,
  'samples-by-structure': samplesByStructure,
  'masks-by-structure': masksByStructure,
  'structures-symlog': structuresSymlog,
  'size-comparison': sizeComparison,
  anatomy,
  'sizes-and-areas': sizesAndAreas,
  'label-distribution': labelDistribution,
  'example-images': exampleImages,
}

export const buildFigure = (id: FigureId, input: FigureInput): Figure => MAKERS[id](input)

export const buildFigures = (input: FigureInput): Figure[] =>
  FIGURE_IDS.map(id => buildFigure(id, input))

/** Caption of a figure: title, manifest, date and filter. */
export function caption(figure: Figure, { manifest, filter, date }: FigureInput): string {
  const query = formatFilter(filter)
  const what = `${figure.title}. ${figure.note}`
  const source = `${manifest.name}${manifest.simulated ? ' (simulated images; totals match the paper)' : ''}, manifest ${manifest.id.slice(0, 16)}`
  return `${what} ${source}; ${query === '' ? 'no filter' : `filter ${query}, so nothing is compared with the paper`}; ${date}.`
}

/** "12 of 12 printed numbers agree" and similar; null if nothing is compared. */
export function verdict({ comparison }: Figure): { ok: boolean; text: string } | null {
  if (comparison.length === 0) return null
  const count = (kind: 'printed' | 'read off') => {
    const some = comparison.filter(one => one.kind === kind)
    const good = some.filter(agrees).length
    return some.length === 0
      ? []
      : [`${good} of ${some.length} ${kind === 'printed' ? 'printed' : 'read-off'} numbers agree`]
  }
  return {
    ok: comparison.every(agrees),
    text: [...count('printed'), ...count('read off')].join(', '),
  }
}
