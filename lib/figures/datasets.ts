import { REGION_COLORS } from '../charts/colors'
import { datasetStructures } from '../filter/dimensions'
import { formatCount } from '../format'
import { compared, type FigureInput, type FigureMaker, printed, underFilter } from './figure'
import { type Bar, groupedBars } from './grouped-bars'
import { IMAGES_COLOR } from './look'
import { PAPER, PAPER_STRUCTURES } from './published'

const BINS = PAPER.datasetsBySize.bins
const BIN_LABELS = BINS.map(({ lo, hi }) => `${short(lo)}–${short(hi)}`)

function short(n: number): string {
  if (n >= 1e6) return `${n / 1e6}M`
  return n >= 1e3 ? `${n / 1e3}K` : String(n)
}

/** Source datasets by their number of images and of masks, in the paper's bins. */
export const datasetsBySize: FigureMaker = input => {
  const datasets = underFilter(input, 'dataset')
  const within = (key: 'images' | 'masks', { lo, hi }: (typeof BINS)[number]) =>
    datasets.filter(row => row[key] >= lo && row[key] < hi).length
  const rows = BINS.map((bin, i) => ({
    bin: BIN_LABELS[i] as string,
    by_images: within('images', bin),
    by_masks: within('masks', bin),
  }))
  const comparison = compared(
    input,
    BINS.flatMap((bin, i) => [
      printed(`${BIN_LABELS[i]} images`, 'datasets', bin.byImages, rows[i]?.by_images ?? 0),
      printed(`${BIN_LABELS[i]} masks`, 'datasets', bin.byMasks, rows[i]?.by_masks ?? 0),
    ]),
  )
  const isCompared = comparison.length > 0
  const bars = rows.flatMap((row, i): Bar[] => [
    {
      category: row.bin,
      series: 'by images',
      value: row.by_images,
      color: IMAGES_COLOR,
      text: String(row.by_images),
      published: isCompared ? (BINS[i]?.byImages ?? null) : null,
    },
    {
      category: row.bin,
      series: 'by masks',
      value: row.by_masks,
      text: String(row.by_masks),
      published: isCompared ? (BINS[i]?.byMasks ?? null) : null,
    },
  ])
  return {
    id: 'datasets-by-size',
    title: 'Datasets by number of images and masks',
    origin: 'the figure of datasets by number of cases, whose axis counts images and masks',
    note: 'Bins as printed (10e1 is 100): the lower end belongs to a bin, the upper one to the next.',
    columns: [
      { key: 'bin', title: 'Images or masks of a dataset', unit: '' },
      { key: 'by_images', title: 'Datasets by images', unit: 'datasets' },
      { key: 'by_masks', title: 'Datasets by masks', unit: 'datasets' },
    ],
    rows,
    gap: datasets.length === 0 ? 'No dataset has an image that matches the filter.' : null,
    picture: {
      spec: groupedBars(bars, {
        categories: BIN_LABELS,
        series: ['by images', 'by masks'],
        x: 'images or masks of a dataset',
        y: 'datasets',
      }),
    },
    comparison,
    sql: `WITH counted AS (
  SELECT dataset_id, count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks
  FROM images GROUP BY dataset_id),
bins(bin, lo, hi) AS (VALUES ${BINS.map(({ lo, hi }, i) => `('${BIN_LABELS[i]}', ${lo}, ${hi})`).join(', ')})
SELECT bin, count(*) FILTER (images >= lo AND images < hi)::DOUBLE AS by_images,
  count(*) FILTER (masks >= lo AND masks < hi)::DOUBLE AS by_masks
FROM bins, counted GROUP BY bin, lo ORDER BY lo`,
  }
}

/**
 * Number of datasets with an image under the filter, by structure; a dataset counts in every structure it covers.
 */
export function datasetsByStructureCounts(input: FigureInput): Map<string, number> {
  const counts = new Map(PAPER_STRUCTURES.map(structure => [structure, 0]))
  const there = new Set(underFilter(input, 'dataset').map(row => row.value))
  for (const dataset of input.dimensions.datasets)
    if (there.has(dataset.dataset))
      for (const structure of datasetStructures(dataset))
        counts.set(structure, (counts.get(structure) ?? 0) + 1)
  return counts
}

/** Source datasets by anatomical structure; a dataset counts in every structure that it covers. */
export const datasetsByStructure: FigureMaker = input => {
  const counts = datasetsByStructureCounts(input)
  const rows = [...counts].map(([structure, datasets]) => ({ structure, datasets }))
  const comparison = compared(
    input,
    PAPER.datasetsByStructure.rows.map(row =>
      printed(row.structure, 'datasets', row.datasets, counts.get(row.structure) ?? 0),
    ),
  )
  const published = new Map(comparison.map(one => [one.what, one.published]))
  return {
    id: 'datasets-by-structure',
    title: 'Datasets by anatomical structure',
    origin: 'the figure of datasets by anatomical structure',
    note: 'A dataset counts once in every structure that it covers, so the sum exceeds the number of datasets.',
    columns: [
      { key: 'structure', title: 'Structure', unit: '' },
      { key: 'datasets', title: 'Datasets', unit: 'datasets' },
    ],
    rows,
    gap: unassignedGap(counts),
    picture: {
      spec: groupedBars(
        rows.map(({ structure, datasets }) => ({
          category: structure,
          series: 'datasets',
          value: datasets,
          text: formatCount(datasets),
          published: published.get(structure) ?? null,
          color: REGION_COLORS[structure] ?? IMAGES_COLOR,
        })),
        {
          categories: rows.map(row => row.structure),
          series: ['datasets'],
          x: 'anatomical structure',
          y: 'datasets',
        },
      ),
    },
    comparison,
    sql: `SELECT structure, count(*)::DOUBLE AS datasets
FROM (SELECT unnest(string_split(coalesce(structures, 'Unassigned'), '|')) AS structure
  FROM datasets WHERE dataset_id IN (SELECT dataset_id FROM images))
GROUP BY structure ORDER BY structure`,
  }
}

const unassignedGap = (counts: ReadonlyMap<string, number>): string | null =>
  (counts.get('Unassigned') ?? 0) > 0
    ? `The structures of ${counts.get('Unassigned')} datasets are unknown.`
    : null
