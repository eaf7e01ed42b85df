import { formatCount, formatShort } from '../format'
import { AREA_SHARE_BINS, binLabel, integerBinLabel, SIZE_BINS } from '../manifest/bins'
import { type FigureMaker, mergedNote, underFilter } from './figure'
import { figureBase, IMAGES_COLOR, INK, SHORT_AXIS } from './look'

/** Image sizes, and the share of its image that each mask covers. */
export const sizesAndAreas: FigureMaker = input => {
  const { sizes, areas } = input.counts
  const sizeRows = sizes
    .filter(size => size.images > 0)
    .map(size => ({
      kind: 'size',
      width: integerBinLabel(SIZE_BINS, size.widthBin),
      height: integerBinLabel(SIZE_BINS, size.heightBin),
      share: null,
      count: size.images,
      bins: [size.widthBin, size.heightBin] as const,
    }))
  const areaRows = areas.map((masks, bin) => ({
    ...{ kind: 'area', width: null, height: null },
    share: binLabel(AREA_SHARE_BINS, bin),
    count: masks,
    bin,
  }))
  const isMeasured = sizeRows.length > 0
  // Bins between that no image is in stay, so that the axes are even.
  const labelsOf = (at: 0 | 1) => {
    const bins = sizeRows.map(row => row.bins[at])
    const first = Math.min(...bins)
    return Array.from({ length: Math.max(...bins) - first + 1 }, (_, i) =>
      integerBinLabel(SIZE_BINS, first + i),
    )
  }
  const heat = {
    width: 240,
    height: 230,
    title: { text: 'Images by width and height' },
    data: { values: sizeRows.map(({ width, height, count }) => ({ width, height, count })) },
    mark: { type: 'rect' },
    encoding: {
      x: {
        field: 'width',
        type: 'nominal',
        scale: { domain: labelsOf(0) },
        axis: { title: 'width (px)', labelAngle: -60 },
      },
      y: {
        field: 'height',
        type: 'nominal',
        scale: { domain: labelsOf(1).reverse() },
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
  const first = areaRows.findIndex(row => row.count > 0)
  const histogram = {
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
  return {
    id: 'sizes-and-areas',
    title: 'Image sizes and mask areas',
    origin: 'ours; the paper reports that masks below about 0.153 % of their image were dropped',
    note: 'Bins are half-open; sizes ignore the filters of width and height, areas ignore the filter of mask area. Merged masks have no part in the areas unless the filter asks for them.',
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
        ...{ ...row, width_bin, height_bin, area_bin: null },
      })),
      ...areaRows.map(({ bin, ...row }) => ({
        ...{ ...row, width_bin: null, height_bin: null, area_bin: bin },
      })),
    ],
    gap: isMeasured ? null : 'No sizes or areas yet; run samed2d measure.',
    picture: isMeasured
      ? ({ spec: { ...figureBase, hconcat: [heat, histogram], ...APART, spacing: 24 } } as never)
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

/** The legend stays with its own picture. */
const APART = { resolve: { scale: { color: 'independent' } } } as const

/** Ticks of logarithmic scales. */
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]

/** Powers of ten within a legend, and its ends: outside of it Vega would write beside the picture. */
function legendValues(counts: readonly number[]): number[] {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  const within = POWERS.filter(n => n >= least && n <= most)
  return within.length > 1 ? within : [...new Set([least, most])]
}

/** Lower edge of a bin of areas as a short percentage. */
const percentFrom = (bin: number): string =>
  `${Number(((AREA_SHARE_BINS.edges[bin] ?? 0) * 100).toPrecision(2))}%`

const HEAD = 24

/** Labels by number of masks: the most frequent ones by name, all of them by rank. */
export const labelDistribution: FigureMaker = input => {
  const rows = underFilter(input, 'label')
    .filter(row => row.masks > 0)
    .sort((a, b) => b.masks - a.masks || (a.value < b.value ? -1 : 1))
    .map((row, i) => ({ rank: i + 1, label: row.value, images: row.images, masks: row.masks }))
  const total = rows.reduce((sum, row) => sum + row.masks, 0)
  const head = rows.slice(0, HEAD).map(row => ({ ...row, text: formatShort(row.masks) }))
  const covered = head.reduce((sum, row) => sum + row.masks, 0)
  const bars = {
    width: 210,
    height: HEAD * 15,
    title: { text: `The ${head.length} most frequent` },
    data: { values: head },
    encoding: {
      y: { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 150 } },
      x: {
        field: 'masks',
        type: 'quantitative',
        axis: { title: 'masks', tickCount: 4, ...SHORT_AXIS },
      },
    },
    layer: [
      {
        mark: {
          type: 'bar',
          fill: '#ffffff',
          stroke: IMAGES_COLOR,
          strokeWidth: 1.25,
          height: { band: 0.66 },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 9.5, color: INK },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  }
  const tail = {
    width: 240,
    height: HEAD * 15,
    title: { text: `All ${formatCount(rows.length)} by rank` },
    data: { values: rows },
    mark: { type: 'point', size: 14, color: IMAGES_COLOR, filled: false, strokeWidth: 1 },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        scale: { type: 'log', domain: [1, Math.max(rows.length, 2)], nice: false },
        axis: { title: 'rank (logarithmic)', values: POWERS },
      },
      y: {
        field: 'masks',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { title: 'masks (logarithmic)', values: POWERS, ...SHORT_AXIS },
      },
    },
  }
  return {
    id: 'label-distribution',
    title: 'Labels: head and long tail',
    origin: 'ours',
    note: `${mergedNote(input)} The ${head.length} most frequent labels have ${total > 0 ? ((100 * covered) / total).toFixed(1) : '0'} % of these masks.`,
    columns: [
      { key: 'rank', title: 'Rank', unit: '' },
      { key: 'label', title: 'Label', unit: '' },
      { key: 'images', title: 'Images', unit: 'images' },
      { key: 'masks', title: 'Masks', unit: 'masks' },
    ],
    rows,
    gap: rows.length === 0 ? 'No label has a mask under the filter.' : null,
    picture:
      rows.length === 0
        ? null
        : ({ spec: { ...figureBase, hconcat: [bars, tail], spacing: 30 } } as never),
    comparison: [],
    sql: `SELECT label, count(DISTINCT image_id)::DOUBLE AS images, count(*)::DOUBLE AS masks
FROM masks JOIN labels USING (label_id) WHERE NOT is_union
GROUP BY label ORDER BY masks DESC, label`,
  }
}
