import { anchorOf } from './anchors'
import { type Line, lineOf } from './line'
import { MODALITIES, type Published, SIZES, STRUCTURES } from './published'
import { type Circumstances, reasonsOf } from './reasons'
import type { LedgerSource } from './source'

const MEASURES = ['images', 'masks'] as const

/** Images and masks of the paper's ten modalities. */
export function modalityLines(source: LedgerSource, circumstances: Circumstances): Line[] {
  return MODALITIES.flatMap(published =>
    countLines(
      anchorOf('modality', published.modality),
      published.modality,
      published,
      source.summary.facets.modality,
      circumstances,
    ),
  )
}

/** Images and masks by structure: a dataset counts in every structure that it covers, as in the paper. */
export function structureLines(source: LedgerSource, circumstances: Circumstances): Line[] {
  return STRUCTURES.flatMap(published =>
    countLines(
      `structure-${published.structure.replaceAll(' ', '_')}`,
      published.structure,
      published,
      source.summary.facets.datasetStructure,
      circumstances,
    ),
  )
}

/** Number of datasets in each bin of size of the paper, by images and by masks. */
export function sizeLines(source: LedgerSource, circumstances: Circumstances): Line[] {
  const datasets = (source.summary.facets.dataset ?? []).filter(({ images }) => images > 0)
  return SIZES.flatMap(({ label, lo, hi, byImages, byMasks }) =>
    MEASURES.map(measure => {
      const inBin = datasets.filter(row => row[measure] >= lo && row[measure] < hi).length
      const id = `size-${label}-${measure}`
      const published = measure === 'images' ? byImages : byMasks
      return withReasons(
        lineOf(id, `${label} ${measure}`, 'datasets', published, inBin),
        circumstances,
      )
    }),
  )
}

function countLines(
  id: string,
  name: string,
  published: { readonly images: Published; readonly masks: Published },
  rows: LedgerSource['summary']['facets'][string] | undefined,
  circumstances: Circumstances,
): Line[] {
  const row = rows?.find(({ value }) => value === name)
  return MEASURES.map(measure =>
    withReasons(
      // The first line has the anchor without a suffix.
      lineOf(
        measure === 'images' ? id : `${id}-masks`,
        name,
        measure,
        published[measure],
        row?.[measure] ?? 0,
      ),
      circumstances,
    ),
  )
}

const withReasons = (line: Omit<Line, 'reasons'>, circumstances: Circumstances): Line => ({
  ...line,
  reasons: reasonsOf(line, circumstances),
})
