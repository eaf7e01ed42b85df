import { formatShort } from '../format'
import type { FacetCount } from '../manifest/manifest'
import { datasetsByStructureCounts } from './datasets'
import { compared, type FigureInput, type FigureMaker, mergedNote, readOff } from './figure'
import { type Bar, groupedBars } from './grouped-bars'
import { figureBase, IMAGES_COLOR, PLOT_HEIGHT, WIDTH } from './look'
import { PAPER, PAPER_STRUCTURES } from './published'

const COLUMNS = [
  { key: 'structure', title: 'Structure', unit: '' },
  { key: 'images', title: 'Images', unit: 'images' },
  { key: 'masks', title: 'Masks', unit: 'masks' },
]

/** Counts by structure in the paper's order; other structures, such as Unassigned, come last. */
function byStructure(rows: readonly FacetCount[]) {
  const found = new Map(rows.map(row => [row.value, row]))
  const others = rows.map(row => row.value).filter(value => !PAPER_STRUCTURES.includes(value))
  return [...PAPER_STRUCTURES, ...others].map(structure => ({
    structure,
    images: found.get(structure)?.images ?? 0,
    masks: found.get(structure)?.masks ?? 0,
  }))
}

type Row = ReturnType<typeof byStructure>[number]

function barsOf(rows: readonly Row[], published: ReadonlyMap<string, Row> | null): Bar[] {
  return rows.flatMap(row =>
    (['images', 'masks'] as const).map(series => ({
      category: row.structure,
      series,
      value: row[series],
      text: formatShort(row[series]),
      published: published?.get(row.structure)?.[series] ?? null,
      color: IMAGES_COLOR,
    })),
  )
}

const DATASET_LEVEL =
  'All images and masks of a dataset count in every structure that the dataset covers, as the paper attributes them, so the sums far exceed the totals.'

function publishedSamples(input: FigureInput, rows: readonly Row[]) {
  const { rows: published, readOffErrorPct } = PAPER.samplesByStructure
  const of = (structure: string) => rows.find(row => row.structure === structure)
  return compared(
    input,
    published.flatMap(row => [
      readOff(row.structure, 'images', row.images, of(row.structure)?.images ?? 0, readOffErrorPct),
      readOff(row.structure, 'masks', row.masks, of(row.structure)?.masks ?? 0, readOffErrorPct),
    ]),
  )
}

/** Images and masks by structure with two axes, by dataset as in the paper. */
export const samplesByStructure: FigureMaker = input => {
  const rows = byStructure(input.counts.facets.datasetStructure)
  const comparison = publishedSamples(input, rows)
  const published = new Map(PAPER.samplesByStructure.rows.map(row => [row.structure, row as Row]))
  return {
    id: 'samples-by-structure',
    title: 'Images and masks by anatomical structure, attributed by dataset',
    origin: 'the figure of images and masks by anatomical structure',
    note: DATASET_LEVEL,
    columns: COLUMNS,
    rows,
    gap: null,
    picture: {
      spec: groupedBars(barsOf(rows, comparison.length > 0 ? published : null), {
        categories: rows.map(row => row.structure),
        series: ['images', 'masks'],
        x: 'anatomical structure',
        y: 'images',
        y2: 'masks',
      }),
    },
    comparison,
    sql: `SELECT structure, count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks
FROM images JOIN (
  SELECT dataset_id, unnest(string_split(coalesce(structures, 'Unassigned'), '|')) AS structure
  FROM datasets) USING (dataset_id)
GROUP BY structure ORDER BY structure`,
  }
}

/** The same by mask: every mask counts once, under the structure of its label. */
export const masksByStructure: FigureMaker = input => {
  const rows = byStructure(input.counts.facets.structure)
  return {
    id: 'masks-by-structure',
    title: 'Images and masks by anatomical structure, by mask',
    origin: 'ours, beside the figure that attributes by dataset',
    note: `Every mask counts once, in the structure of its own label, lesions under Lesion; an image counts in each structure that it has a mask of. ${mergedNote(input)}`,
    columns: COLUMNS,
    rows,
    gap: null,
    picture: {
      spec: groupedBars(barsOf(rows, null), {
        categories: rows.map(row => row.structure),
        series: ['images', 'masks'],
        x: 'anatomical structure',
        y: 'images',
        y2: 'masks',
      }),
    },
    comparison: [],
    sql: `SELECT CASE WHEN is_lesion THEN 'Lesion' ELSE coalesce(region, 'Unassigned') END AS structure,
  count(DISTINCT image_id)::DOUBLE AS images, count(*)::DOUBLE AS masks
FROM masks JOIN labels USING (label_id) WHERE NOT is_union
GROUP BY structure ORDER BY structure`,
  }
}

const LINE_COLOR = '#b3261e'

/** Like SAM-Med2D's figure: images and masks on a symlog axis, datasets as a line. */
export const structuresSymlog: FigureMaker = input => {
  const datasets = datasetsByStructureCounts(input)
  const rows = byStructure(input.counts.facets.datasetStructure)
    .filter(row => row.structure !== 'Others')
    .map(row => ({ ...row, datasets: datasets.get(row.structure) ?? 0 }))
  const categories = rows.map(row => row.structure)
  const bars = groupedBars(barsOf(rows, null), {
    categories,
    series: ['images', 'masks'],
    x: 'anatomical structure',
    y: 'images and masks (symlog)',
    scale: 'symlog',
    max: 10 ** Math.ceil(Math.log10(Math.max(10, ...rows.map(row => row.masks)))),
  }) as { layer: object[] }
  const x = {
    field: 'structure',
    type: 'nominal',
    sort: categories,
    scale: { domain: categories, paddingInner: 0.35, paddingOuter: 0.2 },
  }
  // The axis extends beyond the maximum, so that the line stays below the numbers of the bars.
  const most = Math.max(1, ...rows.map(row => row.datasets))
  const y = {
    field: 'datasets',
    type: 'quantitative',
    scale: { domain: [0, most * 1.5] },
    axis: {
      title: 'datasets (line)',
      orient: 'right',
      grid: false,
      titleColor: LINE_COLOR,
      tickMinStep: 1,
      format: 'd',
    },
  }
  const text = { field: 'datasets', type: 'quantitative' }
  const place = { dy: -11, fontWeight: 600 }
  const line = {
    data: { values: rows },
    // White outlines, because the line and its numbers lie on bars.
    layer: [
      { mark: { type: 'line', color: '#ffffff', strokeWidth: 4.5 }, encoding: { x, y } },
      { mark: { type: 'line', color: LINE_COLOR, strokeWidth: 1.75 }, encoding: { x, y } },
      {
        mark: {
          type: 'point',
          filled: true,
          opacity: 1,
          size: 55,
          color: LINE_COLOR,
          stroke: '#ffffff',
          strokeWidth: 1.5,
        },
        encoding: { x, y },
      },
      {
        mark: { type: 'text', ...place, stroke: '#ffffff', strokeWidth: 4, strokeJoin: 'round' },
        encoding: { x, y, text },
      },
      { mark: { type: 'text', ...place, color: LINE_COLOR }, encoding: { x, y, text } },
    ],
  }
  return {
    id: 'structures-symlog',
    title: 'Samples and datasets by anatomical structure, symlog',
    origin: 'the bars of SAM-Med2D’s anatomy figure (arXiv:2308.16184)',
    note: `${DATASET_LEVEL} SAM-Med2D’s own figure is of a smaller collection (33, 38, 31, 18 and 65 datasets), so nothing is compared.`,
    columns: [...COLUMNS, { key: 'datasets', title: 'Datasets', unit: 'datasets' }],
    rows,
    gap: null,
    picture: {
      spec: {
        ...figureBase,
        width: WIDTH,
        height: PLOT_HEIGHT,
        title: (bars as { title?: object }).title,
        layer: [{ layer: bars.layer }, line],
        resolve: { scale: { y: 'independent' } },
      } as never,
    },
    comparison: [],
    sql: `WITH covered AS (
  SELECT dataset_id, unnest(string_split(coalesce(structures, 'Unassigned'), '|')) AS structure
  FROM datasets)
SELECT structure, count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks,
  count(DISTINCT dataset_id)::DOUBLE AS datasets
FROM images JOIN covered USING (dataset_id) WHERE structure <> 'Others'
GROUP BY structure ORDER BY structure`,
  }
}
