import { AREA_SHARE_BINS, binLabel, integerBinLabel, SIZE_BINS } from '../manifest/bins'
import type { FigureMaker } from './figure'
import { figureBase, IMAGES_COLOR, POWERS_OF_TEN, SHORT_AXIS } from './look'

interface SizeRow {
  readonly kind: 'size'
  readonly width: string
  readonly height: string
  readonly share: null
  readonly count: number
  /** Bins of `SIZE_BINS`: of the width, and of the height. */
  readonly bins: readonly [width: number, height: number]
}

interface AreaRow {
  readonly kind: 'area'
  readonly width: null
  readonly height: null
  readonly share: string
  readonly count: number
  /** Bin of `AREA_SHARE_BINS`. */
  readonly bin: number
}

/** Image sizes, and the share of its image that each mask covers. */
export const sizesAndAreas: FigureMaker = input => {
  const { sizes, areas } = input.counts
  const sizeRows = sizes
    .filter(size => size.images > 0)
    .map(
      (size): SizeRow => ({
        kind: 'size',
        width: integerBinLabel(SIZE_BINS, size.widthBin),
        height: integerBinLabel(SIZE_BINS, size.heightBin),
        share: null,
        count: size.images,
        bins: [size.widthBin, size.heightBin],
      }),
    )
  const areaRows = areas.map(
    (masks, bin): AreaRow => ({
      kind: 'area',
      width: null,
      height: null,
      share: binLabel(AREA_SHARE_BINS, bin),
      count: masks,
      bin,
    }),
  )
  const isMeasured = sizeRows.length > 0
  return {
    id: 'sizes-and-areas',
    title: 'Image sizes and mask areas',
    origin: 'ours; the paper reports that masks below about 0.153 % of their image were dropped',
    note: 'Bins are half-open; sizes ignore the filters of width and height, areas ignore the filter of mask area. Areas leave merged masks out, unless the filter includes them.',
    columns: [
      { key: 'kind', title: 'What', unit: '' },
      { key: 'width_bin', title: 'Bin of the width', unit: '' },
      { key: 'height_bin', title: 'Bin of the height', unit: '' },
      { key: 'area_bin', title: 'Bin of the area', unit: '' },
      { key: 'width', title: 'Width', unit: 'px' },
      { key: 'height', title: 'Height', unit: 'px' },
      { key: 'share', title: 'Mask area', unit: 'share of the image' },
      { key: 'count', title: 'Images or masks', unit: '' },
    ],
    rows: [
      ...sizeRows.map(({ bins: [width_bin, height_bin], ...row }) => ({
        ...row,
        width_bin,
        height_bin,
        area_bin: null,
      })),
      ...areaRows.map(({ bin, ...row }) => ({
        ...row,
        width_bin: null,
        height_bin: null,
        area_bin: bin,
      })),
    ],
    gap: isMeasured
      ? null
      : 'No sizes or areas yet; the command measure reads them from the pictures.',
    picture: isMeasured
      ? ({
          spec: {
            ...figureBase,
            hconcat: [sizeHeat(sizeRows), areaHistogram(areaRows)],
            ...APART,
            spacing: 24,
          },
        } as never)
      : null,
    comparison: [],
    sql: `SELECT 'size' AS kind, width_bin, height_bin, NULL AS area_bin, count(*)::DOUBLE AS count
FROM images WHERE width_bin IS NOT NULL GROUP BY width_bin, height_bin
UNION ALL
SELECT 'area', NULL, NULL, area_bin, count(*)::DOUBLE
FROM masks JOIN labels USING (label_id) WHERE area_bin IS NOT NULL AND NOT is_union
GROUP BY area_bin
ORDER BY ALL`,
  }
}

/** Images by width and height as a Vega-Lite spec. */
function sizeHeat(sizeRows: readonly SizeRow[]) {
  // Empty bins between others stay, so that the axes are even.
  const labels = (at: 0 | 1) => {
    const bins = sizeRows.map(row => row.bins[at])
    const first = Math.min(...bins)
    return Array.from({ length: Math.max(...bins) - first + 1 }, (_, i) =>
      integerBinLabel(SIZE_BINS, first + i),
    )
  }
  return {
    width: 240,
    height: 230,
    title: { text: 'Images by width and height' },
    data: { values: sizeRows.map(({ width, height, count }) => ({ width, height, count })) },
    mark: { type: 'rect' },
    encoding: {
      x: {
        field: 'width',
        type: 'nominal',
        scale: { domain: labels(0) },
        axis: { title: 'width (px)', labelAngle: -60 },
      },
      y: {
        field: 'height',
        type: 'nominal',
        scale: { domain: labels(1).reverse() },
        axis: { title: 'height (px)' },
      },
      color: {
        field: 'count',
        type: 'quantitative',
        scale: { type: 'log', scheme: 'viridis' },
        legend: {
          title: 'images (log)',
          ...SHORT_AXIS,
          gradientLength: 180,
          values: legendValues(sizeRows.map(row => row.count)),
        },
      },
    },
  }
}

/** Masks by share of their image as a Vega-Lite spec, from the first bin that has a mask. */
function areaHistogram(areaRows: readonly AreaRow[]) {
  const first = areaRows.findIndex(row => row.count > 0)
  return {
    width: 290,
    height: 230,
    title: { text: 'Masks by share of their image' },
    data: {
      values: areaRows
        .slice(Math.max(first, 0))
        .map(({ bin, count }) => ({ share: percentFrom(bin), count })),
    },
    mark: { type: 'bar', fill: '#ffffff', stroke: IMAGES_COLOR, strokeWidth: 1.25 },
    encoding: {
      x: {
        field: 'share',
        type: 'nominal',
        sort: null,
        axis: {
          title: 'share of the image, from (logarithmic bins)',
          labelAngle: -60,
          labelOverlap: false,
          labelFontSize: 9,
        },
      },
      y: {
        field: 'count',
        type: 'quantitative',
        axis: { title: 'masks', tickMinStep: 1, ...SHORT_AXIS },
      },
    },
  }
}

/** The colour legend belongs to the first of the two pictures. */
const APART = { resolve: { scale: { color: 'independent' } } } as const

/** The powers of ten that a legend spans, else its two ends: Vega would write other values beside the legend. */
function legendValues(counts: readonly number[]): number[] {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const within = POWERS_OF_TEN.filter(n => n >= least && n <= most)
  return within.length > 1 ? within : [...new Set([least, most])]
}

/** Lower edge of a bin of areas as a short percentage. */
const percentFrom = (bin: number): string =>
  `${Number(((AREA_SHARE_BINS.edges[bin] ?? 0) * 100).toPrecision(2))}%`
