import { MODALITY_COLORS } from '../charts/colors'
import type { FacetCount } from '../manifest/manifest'
import { compared, type FigureMaker, printed, underFilter } from './figure'
import { figureBase, INK, MUTED } from './look'
import { MODALITY_COLUMNS, modalityRows } from './modality-rows'
import { PAPER } from './published'

/** Order of the paper's donut, counter-clockwise from the right. */
const ORDER = [
  'CT',
  'MR',
  'PET',
  'Dermoscopy',
  'Endoscopy',
  'Fundus photography',
  'Histopathology',
  'Microscopy',
  'Ultrasound',
  'X-ray',
]

const RINGS = {
  images: { inner: 128, outer: 188, text: 158 },
  masks: { inner: 52, outer: 112, text: 82 },
} as const
const SIZE = 440

/** The paper's donut: modalities on a logarithmic scale, images outside, masks inside. */
export const modalityDonut: FigureMaker = input => {
  const found = underFilter(input, 'modality')
  const rank = (value: string) => (ORDER.includes(value) ? ORDER.indexOf(value) : ORDER.length)
  const rows = [...found].sort((a, b) => rank(a.value) - rank(b.value))
  const table = modalityRows(rows)
  const drawn = (ring: 'images' | 'masks') =>
    table.flatMap(({ modality, ...row }, order) => {
      const share = row[`log_${ring}_pct`] ?? 0
      // Negative angles run counter-clockwise, as in the paper.
      return share > 0 ? [{ modality, share, order, text: `${share.toFixed(2)}%` }] : []
    })
  const isEmpty = drawn('images').length === 0
  const colors = {
    domain: rows.map(row => row.value),
    range: rows.map(row => MODALITY_COLORS[row.value] ?? MUTED),
  }
  const theta = {
    field: 'share',
    type: 'quantitative' as const,
    stack: true,
    scale: { domain: [0, 100], range: [Math.PI / 2, Math.PI / 2 - 2 * Math.PI] },
  }
  const ring = (name: 'images' | 'masks') => [
    {
      data: { values: drawn(name) },
      mark: {
        type: 'arc' as const,
        innerRadius: RINGS[name].inner,
        outerRadius: RINGS[name].outer,
        stroke: '#ffffff',
        strokeWidth: 1.5,
        fillOpacity: 0.42,
      },
      encoding: {
        theta,
        order: { field: 'order', type: 'quantitative' as const },
        color: { field: 'modality', type: 'nominal' as const, scale: colors, legend: null },
      },
    },
    {
      data: { values: drawn(name) },
      mark: { type: 'text' as const, radius: RINGS[name].text, fontSize: 10.5, color: INK },
      encoding: {
        theta,
        order: { field: 'order', type: 'quantitative' as const },
        text: { field: 'text', type: 'nominal' as const },
      },
    },
  ]
  const of = (modality: string) => table.find(row => row.modality === modality)
  const rounded = (value: number | null | undefined) => Number((value ?? 0).toFixed(2))
  return {
    id: 'modality-donut',
    title: 'Modalities, on a logarithmic scale',
    origin: 'the donut of modalities',
    note: 'Outer ring images, inner ring masks: share of ln(n) in the sum of ln(n) over the modalities. Shares are of ln(n), not of images.',
    columns: MODALITY_COLUMNS,
    rows: table,
    gap: gapOf(rows, isEmpty),
    picture: isEmpty
      ? null
      : {
          spec: {
            ...figureBase,
            padding: { left: 76, right: 76, top: 0, bottom: 0 },
            width: SIZE,
            height: SIZE,
            layer: [
              ...ring('images'),
              ...ring('masks'),
              ...names(drawn('images')),
              {
                data: { values: [{ text: ['outer: ln(images)', 'inner: ln(masks)'] }] },
                mark: { type: 'text', fontSize: 10.5, color: MUTED, lineHeight: 14, dy: -6 },
                encoding: { text: { field: 'text', type: 'nominal' } },
              },
            ],
          },
        },
    comparison: compared(
      input,
      PAPER.modalities.rows.flatMap(row => [
        printed(
          row.modality,
          '% of ln(images)',
          row.logImagesPct,
          rounded(of(row.modality)?.log_images_pct),
        ),
        printed(
          row.modality,
          '% of ln(masks)',
          row.logMasksPct,
          rounded(of(row.modality)?.log_masks_pct),
        ),
      ]),
    ),
    sql: `WITH counted AS (
  SELECT modality, count(*)::DOUBLE AS images, sum(n_masks)::DOUBLE AS masks
  FROM images JOIN submodalities USING (submodality_id) GROUP BY modality)
SELECT modality, images, masks, 100 * ln(images) / sum(ln(images)) OVER () AS log_images_pct,
  100 * ln(greatest(masks, 1)) / sum(ln(greatest(masks, 1))) OVER () AS log_masks_pct
FROM counted ORDER BY images DESC, modality`,
  }
}

/** Note on modalities with a count of 1, whose logarithm is 0: they are in the rows, but have no piece. */
function gapOf(rows: readonly FacetCount[], isEmpty: boolean): string | null {
  if (isEmpty) return 'No modality has more than one image, so every ln(n) is 0.'
  const without = rows.filter(row => row.images <= 1 || row.masks <= 1).map(row => row.value)
  return without.length > 0
    ? `No segment for counts of 0 or 1, since ln(1) is 0: ${without.join(', ')}.`
    : null
}

/** Names around the ring, beside the middle of each piece. */
function names(pieces: readonly { readonly modality: string; readonly share: number }[]) {
  let before = 0
  const places = pieces.map(({ modality, share }) => {
    const angle = (2 * Math.PI * (before + share / 2)) / 100
    before += share
    const [x, y] = [Math.cos(angle), -Math.sin(angle)]
    return {
      modality,
      x: SIZE / 2 + (RINGS.images.outer + 12) * x,
      y: SIZE / 2 + (RINGS.images.outer + 16) * y,
      align: x > 0.25 ? 'left' : x < -0.25 ? 'right' : 'center',
    }
  })
  return (['left', 'center', 'right'] as const).map(align => ({
    data: { values: places.filter(place => place.align === align) },
    mark: { type: 'text' as const, align, baseline: 'middle' as const, fontSize: 11.5, color: INK },
    encoding: {
      x: { field: 'x', type: 'quantitative' as const, scale: null, axis: null },
      y: { field: 'y', type: 'quantitative' as const, scale: null, axis: null },
      text: { field: 'modality', type: 'nominal' as const },
    },
  }))
}
