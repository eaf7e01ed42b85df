import { formatShort } from '../format'
import { compared, type FigureMaker, printed } from './figure'
import { figureBase, IMAGES_COLOR, INK, SHORT_AXIS, WIDTH } from './look'
import { PAPER } from './published'

const OURS = 'SA-Med2D-20M'

/** One unit of the second digit, in percent: what "4.6M" and "19.7M" are known to at least. */
const rounding = (published: number) =>
  (100 * 10 ** (Math.floor(Math.log10(published)) - 1)) / published

/** The manifest beside other large datasets. */
export const sizeComparison: FigureMaker = input => {
  const { images, masks } = input.counts.totals
  const rows = PAPER.sizeComparison.rows.map(row => ({
    dataset: row.dataset === OURS ? `${OURS}, this manifest` : row.dataset,
    images: row.dataset === OURS ? images : row.images,
    masks: row.dataset === OURS ? masks : row.masks,
  }))
  const ours = PAPER.sizeComparison.rows.find(row => row.dataset === OURS)
  const panel = (field: 'images' | 'masks') => ({
    width: WIDTH / 2 - 110,
    height: 130,
    title: { text: `Number of ${field}` },
    data: {
      values: rows.map(row => ({
        ...{ dataset: row.dataset, value: row[field], text: formatShort(row[field]) },
        color: row.dataset.startsWith(OURS) ? IMAGES_COLOR : '#b9c2cb',
      })),
    },
    encoding: {
      y: {
        field: 'dataset',
        type: 'nominal',
        sort: rows.map(row => row.dataset),
        axis: field === 'images' ? { title: null, labelLimit: 240 } : null,
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.62 } },
        transform: [{ filter: 'datum.value > 0' }],
        encoding: {
          x: {
            field: 'value',
            type: 'quantitative',
            scale: {
              type: 'log',
              domain: field === 'images' ? [1e5, 2e7] : [1e6, 2e9],
              clamp: true,
            },
            axis: { title: `${field} (logarithmic)`, tickCount: 4, ...SHORT_AXIS },
          },
          x2: { datum: field === 'images' ? 1e5 : 1e6 },
          color: { field: 'color', type: 'nominal', scale: null },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4, color: INK },
        transform: [{ filter: 'datum.value > 0' }],
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          text: { field: 'text', type: 'nominal' },
        },
      },
    ],
  })
  return {
    id: 'size-comparison',
    title: 'Size beside other datasets',
    origin: 'the figure of sizes',
    note: 'Sizes of the other datasets as the paper prints them. The axes are logarithmic: the printed linear one does not hold 1.1 billion masks.',
    columns: [
      { key: 'dataset', title: 'Dataset', unit: '' },
      { key: 'images', title: 'Images', unit: 'images' },
      { key: 'masks', title: 'Masks', unit: 'masks' },
    ],
    rows,
    gap: null,
    picture: {
      spec: { ...figureBase, hconcat: [panel('images'), panel('masks')], spacing: 30 } as never,
    },
    // 4.6M and 19.7M are printed with so many digits: known to one unit of the last one.
    comparison: compared(
      input,
      ours
        ? [
            { ...printed(OURS, 'images', ours.images, images), errorPct: rounding(ours.images) },
            { ...printed(OURS, 'masks', ours.masks, masks), errorPct: rounding(ours.masks) },
          ]
        : [],
    ),
    sql: `SELECT count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks FROM images`,
  }
}
