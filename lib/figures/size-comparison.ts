import { isEmpty } from '../filter/filter'
import { formatCount, formatShort } from '../format'
import { compared, type FigureMaker, printed } from './figure'
import { figureBase, IMAGES_COLOR, SHORT_AXIS, WIDTH } from './look'
import { PAPER } from './published'

const OURS = 'SA-Med2D-20M'

/** One unit of the second digit in percent: the accuracy of "4.6M" and "19.7M" is at least this good. */
const rounding = (published: number) =>
  (100 * 10 ** (Math.floor(Math.log10(published)) - 1)) / published

/** Most ticks that have room for their labels. */
const MOST_TICKS = 7

/** Powers of ten from below the smallest number to above the largest. */
function powersAround(numbers: readonly number[]): number[] {
  const known = numbers.filter(n => n > 0).map(Math.log10)
  const first = Math.ceil(Math.min(...known)) - 1
  const last = Math.floor(Math.max(...known)) + 1
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
}

/** Every power, or every second, third and so on, from the first. */
const ticksOf = (powers: readonly number[]): number[] => {
  const step = Math.ceil(powers.length / MOST_TICKS)
  return powers.filter((_, i) => i % step === 0)
}

/** The manifest compared with other large datasets. */
export const sizeComparison: FigureMaker = input => {
  const { images, masks } = input.counts.totals
  const rows = PAPER.sizeComparison.rows.map(row => ({
    dataset: row.dataset === OURS ? `${OURS}, this manifest` : row.dataset,
    images: row.dataset === OURS ? images : row.images,
    masks: row.dataset === OURS ? masks : row.masks,
  }))
  const ours = PAPER.sizeComparison.rows.find(row => row.dataset === OURS)
  // With all digits beside the paper's number, which cuts 19.76M to 19.7M.
  const ownText = (n: number, field: 'images' | 'masks') =>
    ours && isEmpty(input.filter)
      ? `${formatCount(n)} (paper: ${formatShort(ours[field])})`
      : formatCount(n)
  const panel = (field: 'images' | 'masks') => {
    const domain = powersAround(rows.map(row => row[field]))
    const [first = 1, last = 10] = [domain[0], domain.at(-1)]
    // A number stands on the side of its dot that has more room.
    const isRight = (n: number) => Math.log10(n / first) > Math.log10(last / first) / 2
    return {
      width: WIDTH / 2 - 90,
      height: 130,
      title: { text: `Number of ${field}` },
      data: {
        values: rows.map(row => ({
          dataset: row.dataset,
          value: row[field],
          color: row.dataset.startsWith(OURS) ? IMAGES_COLOR : '#b9c2cb',
          text: row.dataset.startsWith(OURS) ? ownText(row[field], field) : formatShort(row[field]),
          isRight: row[field] > 0 && isRight(row[field]),
        })),
      },
      encoding: {
        y: {
          field: 'dataset',
          type: 'nominal',
          sort: rows.map(row => row.dataset),
          axis:
            field === 'images'
              ? { title: null, labelLimit: 240, grid: true }
              : { title: null, labels: false, ticks: false, domain: false, grid: true },
        },
      },
      layer: [
        {
          // Dots, because a bar on a logarithmic axis has no length that means anything.
          mark: { type: 'point', filled: true, size: 90, opacity: 1 },
          transform: [{ filter: 'datum.value > 0' }],
          encoding: {
            x: {
              field: 'value',
              type: 'quantitative',
              scale: { type: 'log', domain: [first, last], nice: false },
              axis: { title: `${field} (logarithmic)`, values: ticksOf(domain), ...SHORT_AXIS },
            },
            color: { field: 'color', type: 'nominal', scale: null },
          },
        },
        // White below, so that no grid line strikes a number.
        ...[{ stroke: '#ffffff', strokeWidth: 4 }, {}].flatMap(below =>
          [true, false].map(right => ({
            mark: { type: 'text', align: right ? 'right' : 'left', dx: right ? -8 : 8, ...below },
            transform: [{ filter: `datum.value > 0 && datum.isRight === ${right}` }],
            encoding: {
              x: { field: 'value', type: 'quantitative' },
              text: { field: 'text', type: 'nominal' },
            },
          })),
        ),
      ],
    }
  }
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
    // 4.6M and 19.7M are accurate to one unit of the last printed digit.
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
