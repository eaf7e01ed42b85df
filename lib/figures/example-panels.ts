import { FIGURE_HEIGHT, FIGURE_LEFT, FIGURE_WIDTH } from '../body-map/body-outline'
import { drawnBody } from '../body-map/drawn-body'
import { themeColors } from '../charts/body-map-colors'
import { LIGHT, REGION_COLORS } from '../charts/colors'
import { ORGANS } from '../taxonomy/organs'
import type { Example } from './figure'
import { FONT, INK, MUTED } from './look'
import { escapeXml } from './xml'

/** Side of a picture, px; a row has three. */
const SIDE = 94
const GAP = 9
const PER_ROW = 3
const ROW = SIDE + 32
const HEAD = 26
const MARGIN = 12
/** Minimum distance of a line from a corner, px. */
const INSET = 8
const PANEL = PER_ROW * SIDE + (PER_ROW + 1) * GAP
const GUTTER = 18
const BODY_LEFT = MARGIN + PANEL + GUTTER
const WIDTH = 2 * BODY_LEFT + FIGURE_WIDTH

/** The panels on each side of the body, with the box of their region on the body: x, y, width, height. */
const PLACES = [
  { region: 'Head and Neck', side: 'left', box: [100, 6, 80, 112] },
  { region: 'Abdomen', side: 'left', box: [80, 248, 120, 110] },
  { region: 'Unassigned', side: 'left', box: null },
  { region: 'Thorax', side: 'right', box: [76, 126, 128, 118] },
  { region: 'Pelvic', side: 'right', box: [84, 362, 112, 72] },
  { region: 'Others', side: 'right', box: [172, 446, 44, 56] },
] as const

interface Panel {
  readonly region: string
  readonly items: readonly Example[]
  readonly left: number
  readonly top: number
  readonly height: number
  readonly box: readonly [number, number, number, number] | null
}

/**
 * Panels of pictures around the body as SVG, one per region, each with a line to the region.
 *
 * @param items Examples with pictures as `data:` URLs, so that the SVG needs no other file. The SVG uses xlink:href,
 *   which older programs need.
 */
export function examplePanels(items: readonly Example[]): string {
  const panels = [...column('left', items), ...column('right', items)]
  const bottom = Math.max(...panels.map(({ top, height }) => top + height))
  const height = Math.max(bottom, FIGURE_HEIGHT) + MARGIN
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family='${FONT}' font-size="11">
<rect width="100%" height="100%" fill="#ffffff"/>
<clipPath id="body"><rect x="${FIGURE_LEFT}" y="0" width="${FIGURE_WIDTH}" height="${FIGURE_HEIGHT}"/></clipPath>
<g transform="translate(${BODY_LEFT - FIGURE_LEFT} ${MARGIN})"><g clip-path="url(#body)">${drawnBody(paintOf)}</g></g>
${panels.map(panel => leaderOf(panel) + panelOf(panel)).join('\n')}
</svg>`
}

const REGION_OF = new Map(ORGANS.map(({ organ, region }) => [organ, region]))

/** Faint colours, so that the pictures stand out. */
const paintOf = (organ: string) => ({
  ...themeColors(REGION_OF.get(organ) ?? 'Unassigned', 0.22, LIGHT),
  edge: '#aab2ba',
  isDashed: false,
})

function column(side: 'left' | 'right', items: readonly Example[]): Panel[] {
  let top = MARGIN
  return PLACES.filter(place => place.side === side).flatMap(({ region, box }): Panel[] => {
    const own = items.filter(item => item.region === region)
    if (own.length === 0) return []
    const height = HEAD + Math.ceil(own.length / PER_ROW) * ROW + 4
    const left = side === 'left' ? MARGIN : BODY_LEFT + FIGURE_WIDTH + GUTTER
    const panel = { region, items: own, left, top, height, box }
    top += height + MARGIN
    return [panel]
  })
}

/** The line from a region's frame on the body to its panel; horizontal if possible. */
function leaderOf({ region, box, left, top, height }: Panel): string {
  if (!box) return ''
  const color = colorOf(region)
  const [x, y, width, tall] = [box[0] - FIGURE_LEFT + BODY_LEFT, box[1] + MARGIN, box[2], box[3]]
  const isLeft = left < BODY_LEFT
  const within = (at: number, from: number, length: number) =>
    Math.min(Math.max(at, from + INSET), from + length - INSET)
  const end = within(y + tall / 2, top, height)
  const start = within(end, y, tall)
  const edge = isLeft ? left + PANEL : left
  const bend = isLeft ? edge + GUTTER / 2 : edge - GUTTER / 2
  return `<rect x="${x}" y="${y}" width="${width}" height="${tall}" rx="3" fill="none" stroke="${color}" stroke-width="1.3" stroke-dasharray="5 3"/><polyline points="${isLeft ? x : x + width},${start} ${bend},${start} ${bend},${end} ${edge},${end}" fill="none" stroke="${color}" stroke-width="1.3"/>`
}

function panelOf({ region, items, left, top, height }: Panel): string {
  const color = colorOf(region)
  const pictures = items.map((item, i) =>
    pictureOf(
      item,
      left + GAP + (i % PER_ROW) * (SIDE + GAP),
      top + HEAD + Math.floor(i / PER_ROW) * ROW,
    ),
  )
  return `<rect x="${left}" y="${top}" width="${PANEL}" height="${height}" rx="4" fill="#ffffff" stroke="${color}" stroke-width="1.3"/><text x="${left + GAP}" y="${top + 17}" font-size="12.5" font-weight="600" fill="${color}">${region}</text>${pictures.join('')}`
}

/** A picture on black, never stretched; without a picture, a frame with a word. */
function pictureOf({ modality, labels, picture }: Example, x: number, y: number): string {
  const image = picture
    ? `<rect x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" fill="#000000"/><image x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="xMidYMid meet" xlink:href="${picture}"/>`
    : `<rect x="${x + 0.5}" y="${y + 0.5}" width="${SIDE - 1}" height="${SIDE - 1}" fill="#f6f7f8" stroke="${MUTED}" stroke-dasharray="3 2"/><text x="${x + SIDE / 2}" y="${y + SIDE / 2 + 3}" text-anchor="middle" font-size="9.5" fill="${MUTED}">no picture</text>`
  return `${image}<text x="${x}" y="${y + SIDE + 12}" font-size="9.6" font-weight="600" fill="${INK}">${escapeXml(modality)}</text><text x="${x}" y="${y + SIDE + 23}" font-size="8.5" fill="${MUTED}">${escapeXml(labelText(labels))}</text>`
}

/** The text below a picture: the first label, and the number of further labels. */
function labelText(labels: readonly string[]): string {
  const [first = ''] = labels
  const more = labels.length > 1 ? ` +${labels.length - 1}` : ''
  const room = 20 - more.length
  return (first.length > room ? `${first.slice(0, room - 1)}…` : first) + more
}

const colorOf = (region: string) => REGION_COLORS[region] ?? MUTED
