import { resolveFilter } from '../filter/selection'
import { formatCount } from '../format'
import { exampleImagesSql } from '../queries/example-images'
import { examplePanels } from './example-panels'
import type { Example, Examples, FigureMaker } from './figure'

/** SQL for the whole manifest, which needs no ids of a filter. */
const SQL = exampleImagesSql(
  resolveFilter({}, { datasets: [], submodalities: [], labels: [] }),
).text

/** An image of each region and modality with its masks, around the body. */
export const exampleImages: FigureMaker = ({ examples }) => {
  const items = examples?.items ?? []
  return {
    id: 'example-images',
    title: 'Example images by region and modality',
    origin: 'the figure of regions and modalities',
    note: noteOf(examples),
    columns: [
      { key: 'region', title: 'Region', unit: '' },
      { key: 'modality', title: 'Modality', unit: '' },
      { key: 'image_id', title: 'Image id', unit: '' },
      { key: 'images', title: 'Chosen from', unit: 'images' },
      { key: 'dataset', title: 'Dataset', unit: '' },
      { key: 'file', title: 'File', unit: '' },
      { key: 'labels', title: 'Labels of the region', unit: '' },
    ],
    rows: items.map(({ region, modality, imageId, images, dataset, file, labels }) => ({
      region,
      modality,
      image_id: imageId,
      images,
      dataset,
      file,
      labels: labels.join(', '),
    })),
    gap: gapOf(examples),
    picture: items.length > 0 ? { svg: examplePanels(items) } : null,
    comparison: [],
    sql: SQL,
  }
}

const CHOSEN =
  'One image for each region and modality that have one, chosen by a hash of its id, the same every time; all its masks are drawn in the colours of their labels. Below each: the modality, and its labels of that region. Files are in the rows.'

const noteOf = (examples: Examples | undefined): string =>
  examples?.store === 'phantom'
    ? `${CHOSEN} The pictures are phantoms, made from the simulated rows: no patient is in them.`
    : CHOSEN

function gapOf(examples: Examples | undefined): string | null {
  if (!examples) return 'Example images are not loaded.'
  const { items, store } = examples
  if (items.length === 0) return 'No image with a mask matches the filter.'
  const without = items.filter(({ picture }) => picture === null)
  if (without.length === 0) return null
  if (store === null)
    return 'No image store is connected, so there are no pictures. Restart with --images and a release folder, its ZIP, or phantom.'
  return `${formatCount(without.length)} of ${formatCount(items.length)} pictures cannot be shown, such as: ${(without[0] as Example).fault}`
}
