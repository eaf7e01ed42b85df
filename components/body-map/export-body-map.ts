import { FIGURE_BOX, FIGURE_HEIGHT, FIGURE_WIDTH } from '../../lib/body-map/body-outline'
import { drawnBody } from '../../lib/body-map/drawn-body'
import { HEADING_HEIGHT, LABEL_BLOCKS, LABEL_SPOTS } from '../../lib/body-map/label-layout'
import { leaderPoints } from '../../lib/body-map/leader'
import { type Measure, type OrganCount, UNASSIGNED } from '../../lib/body-map/organ-counts'
import { ORGAN_SHAPES } from '../../lib/body-map/organ-shapes'
import { STAR } from '../../lib/body-map/star'
import { legendSteps, strength, themeColors } from '../../lib/charts/body-map-colors'
import { type ChartTheme, LIGHT, REGION_COLORS } from '../../lib/charts/colors'
import { escapeXml } from '../../lib/figures/xml'
import { formatCount, formatShort } from '../../lib/format'
import { rasterize } from './rasterize'

export interface BodyMapContent {
  readonly counts: readonly OrganCount[]
  /** Largest unfiltered count: the end of the colour scale. */
  readonly max: number
  readonly measure: Measure
  readonly unionNote: string
}

/** Widths and heights in px: labels, margin, and the parts above and below the figure. */
const LABELS = 176
const MARGIN = 16
const HEAD = 40
const FOOT = 56
const WIDTH = FIGURE_WIDTH + 2 * (LABELS + MARGIN)
const HEIGHT = HEAD + FIGURE_HEIGHT + FOOT

/** The body map → an SVG or PNG file (2 px per px) on white. */
export async function bodyMapPicture(
  content: BodyMapContent,
  format: 'svg' | 'png',
): Promise<Blob> {
  const svg = new Blob([bodyMapSvg(content)], { type: 'image/svg+xml' })
  return format === 'svg' ? svg : rasterize(svg, WIDTH, HEIGHT, 2)
}

/** The body map as the text of an SVG file, by default in the light theme. */
export function bodyMapSvg(content: BodyMapContent, theme: ChartTheme = LIGHT): string {
  const { measure, unionNote } = content
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Helvetica, Arial, sans-serif" font-size="11">
<rect width="100%" height="100%" fill="${theme.background}"/>
<text x="${MARGIN}" y="24" font-size="13" font-weight="600" fill="${theme.text}">Body map<tspan dx="8" font-size="11" font-weight="400" fill="${theme.muted}">${measure} by organ, ${escapeXml(unionNote)}</tspan></text>
<svg x="${MARGIN + LABELS}" y="${HEAD}" width="${FIGURE_WIDTH}" height="${FIGURE_HEIGHT}" viewBox="${FIGURE_BOX}">${figure(content, theme)}</svg>
${labels(content, theme)}${foot(content, theme)}
</svg>`
}

function figure({ counts }: BodyMapContent, theme: ChartTheme): string {
  const found = new Map(counts.map(count => [count.organ, count]))
  const body = drawnBody(organ => {
    const count = found.get(organ)
    if (!count) return null
    const { region, share, picked, faded } = count
    const colors = themeColors(region, share, theme)
    const paint = { ...colors, isDashed: share === 0, isFaded: faded }
    return picked ? { ...paint, edge: theme.text, width: 2.4 } : paint
  })
  const leaders = ORGAN_SHAPES.map(
    shape =>
      `<polyline points="${leaderPoints(shape)}" fill="none" stroke="${theme.muted}" stroke-width="0.6"/><circle cx="${shape.anchor[0]}" cy="${shape.anchor[1]}" r="1.7" fill="${theme.text}" stroke="${theme.background}" stroke-width="0.8"/>`,
  )
  return body + leaders.join('')
}

function labels({ counts, measure }: BodyMapContent, theme: ChartTheme): string {
  const column = { left: MARGIN, right: MARGIN + LABELS + FIGURE_WIDTH + 6 }
  const headings = LABEL_BLOCKS.map(
    ({ region, side, top }) =>
      `<text x="${column[side] + 12}" y="${HEAD + top + HEADING_HEIGHT - 6}" font-weight="600" fill="${REGION_COLORS[region]}">${region}</text>`,
  )
  const rows = counts.map(count => {
    const spot = LABEL_SPOTS.get(count.organ)
    if (!spot) return ''
    const x = column[spot.side]
    const y = HEAD + spot.y + 4
    const weight = count.picked ? ' font-weight="600"' : ''
    const mark = count.lesions ? star(x, y - 8) : ''
    return `${mark}<text x="${x + 12}" y="${y}" fill="${theme.text}"${weight}>${count.organ}</text><text x="${x + LABELS - 8}" y="${y}" text-anchor="end" fill="${theme.text}"${weight}>${formatCount(count[measure])}</text>`
  })
  return headings.join('') + rows.join('')
}

function foot({ counts, max, measure }: BodyMapContent, theme: ChartTheme): string {
  const y = HEAD + FIGURE_HEIGHT + 18
  const steps = [0, ...legendSteps(max)].map((step, i) => {
    const x = MARGIN + 70 + i * 34
    const { fill } = themeColors(UNASSIGNED, strength(step, max), theme)
    const dashes = step === 0 ? ' stroke-dasharray="2.5 2"' : ''
    return `<rect x="${x}" y="${y}" width="32" height="8" fill="${fill}" stroke="${theme.muted}"${dashes}/><text x="${x + 16}" y="${y + 21}" text-anchor="middle" fill="${theme.muted}">${formatShort(step)}</text>`
  })
  const rest = counts.find(count => count.organ === UNASSIGNED)
  return `<text x="${MARGIN}" y="${y + 8}" fill="${theme.muted}">${measure}, log</text>${steps.join('')}${star(WIDTH - 130, y)}<text x="${WIDTH - 118}" y="${y + 8}" fill="${theme.muted}">lesions annotated</text><text x="${WIDTH - 118}" y="${y + 24}" fill="${theme.muted}">Unassigned ${formatCount(rest?.[measure] ?? 0)}</text>`
}

const star = (x: number, y: number) =>
  `<path transform="translate(${x} ${y})" d="${STAR}" stroke="${REGION_COLORS.Lesion}" stroke-width="1.5" stroke-linecap="round"/>`
