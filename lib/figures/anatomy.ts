import { FIGURE_HEIGHT, FIGURE_LEFT, FIGURE_WIDTH } from '../body-map/body-outline'
import { drawnBody } from '../body-map/drawn-body'
import { HEADING_HEIGHT, LABEL_BLOCKS, LABEL_SPOTS } from '../body-map/label-layout'
import { leaderPoints } from '../body-map/leader'
import { type OrganCount, organCounts, UNASSIGNED } from '../body-map/organ-counts'
import { ORGAN_SHAPES } from '../body-map/organ-shapes'
import { STAR } from '../body-map/star'
import { legendSteps, strength, themeColors } from '../charts/body-map-colors'
import { LIGHT, REGION_COLORS } from '../charts/colors'
import { formatCount, formatShort } from '../format'
import { ORGANS } from '../taxonomy/organs'
import { compared, type FigureMaker, mergedNote, printed, underFilter } from './figure'
import { FONT, INK, MUTED } from './look'
import { PAPER } from './published'

/** The body is larger than on the page, because the parts of an organ stand below its name. */
const SCALE = 1.35
const COLUMN = 250
const MARGIN = 12
const BODY = FIGURE_WIDTH * SCALE
const WIDTH = 2 * (MARGIN + COLUMN) + BODY
const FOOT = 52
const HEIGHT = FIGURE_HEIGHT * SCALE + FOOT

const PARTS = new Map(ORGANS.map(({ organ, parts }) => [organ, parts]))
const NUMBERS = new Map(ORGANS.map(({ organ, id }) => [organ, id]))

/** The 31 organs on the body, with their parts, lesion marks and this manifest's masks. */
export const anatomy: FigureMaker = input => {
  const found = underFilter(input, 'organ')
  const counts = organCounts(found, found, [], 'masks')
  const max = Math.max(1, ...counts.filter(one => one.organ !== UNASSIGNED).map(one => one.masks))
  const present = counts.filter(one => one.organ !== UNASSIGNED && one.masks > 0).length
  const rows = counts.map(one => ({
    number: NUMBERS.get(one.organ) ?? null,
    organ: one.organ,
    region: one.region,
    lesions: one.lesions ? 'yes' : 'no',
    parts: (PARTS.get(one.organ) ?? []).join(', '),
    images: one.images,
    masks: one.masks,
  }))
  return {
    id: 'anatomy',
    title: 'The 31 organs, with parts, lesions and masks',
    origin: 'the anatomy figure (of SAM-Med2D, arXiv:2308.16184, used for the 31 main organs)',
    note: `Masks by organ of their label, logarithmic. ${mergedNote(input)} Organs are numbered as in the paper’s figure; a star marks organs with annotated lesions. Dashes: no mask.`,
    columns: [
      { key: 'number', title: 'Number', unit: '' },
      { key: 'organ', title: 'Organ', unit: '' },
      { key: 'region', title: 'Region', unit: '' },
      { key: 'lesions', title: 'Lesions annotated', unit: '' },
      { key: 'parts', title: 'Parts', unit: '' },
      { key: 'images', title: 'Images', unit: 'images' },
      { key: 'masks', title: 'Masks', unit: 'masks' },
    ],
    rows,
    gap: present === 0 ? 'No mask has an organ under the filter.' : null,
    picture: { svg: svgOf(counts, max) },
    comparison: compared(input, [
      printed('organs with a mask', 'organs', PAPER.totals.organs, present),
    ]),
    sql: `SELECT coalesce(organ, 'Unassigned') AS organ, count(DISTINCT image_id)::DOUBLE AS images,
  count(*)::DOUBLE AS masks
FROM masks JOIN labels USING (label_id) WHERE NOT is_union
GROUP BY organ ORDER BY organ`,
  }
}

function svgOf(counts: readonly OrganCount[], max: number): string {
  const byOrgan = new Map(counts.map(one => [one.organ, one]))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family='${FONT}' font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
<clipPath id="body"><rect x="${FIGURE_LEFT}" y="0" width="${FIGURE_WIDTH}" height="${FIGURE_HEIGHT}"/></clipPath>
<g transform="translate(${MARGIN + COLUMN - FIGURE_LEFT * SCALE} 0) scale(${SCALE})">${bodyOf(byOrgan)}</g>
${labelsOf(byOrgan)}${footOf(byOrgan, max)}
</svg>`
}

function bodyOf(byOrgan: ReadonlyMap<string, OrganCount>): string {
  const body = drawnBody(organ => {
    const count = byOrgan.get(organ)
    if (!count) return null
    return { ...themeColors(count.region, count.share, LIGHT), isDashed: count.masks === 0 }
  })
  const leaders = ORGAN_SHAPES.map(
    shape =>
      `<polyline points="${leaderPoints(shape)}" fill="none" stroke="${MUTED}" stroke-width="0.5"/><circle cx="${shape.anchor[0]}" cy="${shape.anchor[1]}" r="1.6" fill="${INK}" stroke="#ffffff" stroke-width="0.7"/>`,
  )
  return `<g clip-path="url(#body)">${body}</g>${leaders.join('')}`
}

function labelsOf(byOrgan: ReadonlyMap<string, OrganCount>): string {
  const left = { left: MARGIN, right: MARGIN + COLUMN + BODY + 6 }
  const headings = LABEL_BLOCKS.map(
    ({ region, side, top }) =>
      `<text x="${left[side]}" y="${(top + HEADING_HEIGHT - 6) * SCALE}" font-weight="600" fill="${REGION_COLORS[region]}">${region}</text>`,
  )
  const rows = [...LABEL_SPOTS].map(([organ, { side, y }]) => {
    const count = byOrgan.get(organ)
    if (!count) return ''
    const x = left[side]
    const parts = (PARTS.get(organ) ?? []).map(part => part.toLowerCase()).join(', ')
    const base = y * SCALE + (parts === '' ? 4 : -2)
    const lines = parts === '' ? [] : wrap(parts, 48)
    return `${count.lesions ? star(x + 13, base - 8) : ''}<text x="${x}" y="${base}" fill="${MUTED}" font-size="9">${NUMBERS.get(organ)}</text><text x="${x + 24}" y="${base}" fill="${INK}">${organ}</text><text x="${x + COLUMN - 14}" y="${base}" text-anchor="end" fill="${INK}">${formatCount(count.masks)}</text>${lines.map((line, i) => `<text x="${x + 24}" y="${base + 10 + i * 9.5}" fill="${MUTED}" font-size="8.5">${line}</text>`).join('')}`
  })
  return headings.join('') + rows.join('')
}

/** Break a text into at most two lines of `length` characters. */
function wrap(text: string, length: number): string[] {
  if (text.length <= length) return [text]
  const at = text.lastIndexOf(', ', length)
  return [text.slice(0, at + 1), text.slice(at + 2)]
}

function footOf(byOrgan: ReadonlyMap<string, OrganCount>, max: number): string {
  const y = FIGURE_HEIGHT * SCALE + 16
  const steps = [0, ...legendSteps(max)].map((step, i) => {
    const x = MARGIN + 76 + i * 38
    const { fill } = themeColors(UNASSIGNED, strength(step, max), LIGHT)
    return `<rect x="${x}" y="${y}" width="36" height="9" fill="${fill}" stroke="${MUTED}"${step === 0 ? ' stroke-dasharray="2.5 2"' : ''}/><text x="${x + 18}" y="${y + 23}" text-anchor="middle" font-size="10" fill="${MUTED}">${formatShort(step)}</text>`
  })
  const rest = byOrgan.get(UNASSIGNED)?.masks ?? 0
  return `<text x="${MARGIN}" y="${y + 9}" font-size="11" fill="${MUTED}">masks, log</text>${steps.join('')}${star(WIDTH - 250, y)}<text x="${WIDTH - 237}" y="${y + 9}" font-size="11" fill="${MUTED}">lesions annotated · no organ: ${formatCount(rest)} masks</text>`
}

const star = (x: number, y: number) =>
  `<path transform="translate(${x} ${y})" d="${STAR}" stroke="${REGION_COLORS.Lesion}" stroke-width="1.5" stroke-linecap="round"/>`
