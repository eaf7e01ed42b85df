import { STRENGTH_TEXT } from '../catalog/licences'
import { SHARED_SCANS_TITLE } from '../catalog/shared-scans'
import { countOf, formatCount } from '../format'
import {
  IMAGE_SPLIT_NOTE,
  IMAGE_SPLIT_SOURCE,
  IMAGE_SPLIT_TITLE,
  imageSplitLines,
} from './image-split'
import { differenceText, figureText } from './labels'
import type { Ledger, Section } from './ledger'
import { countByStrength, LICENCES_TITLE } from './licences'
import type { Line, NameLine } from './line'
import { REASONS, shortReason } from './reasons'

const HEAD = ['paper', 'public release', 'this manifest', 'release − paper', 'manifest − paper']

/** The ledger for a terminal: all published numbers, and the names that certainly differ. */
export function ledgerText(ledger: Ledger): string {
  const { manifest, numbers, names, rejected, duplicates, overlaps, defects } = ledger
  const lines = [`${manifest.name}${manifest.simulated ? ' (simulated)' : ''}, ${manifest.source}`]
  for (const section of numbers) lines.push('', ...numberTable(section))
  for (const section of names) lines.push('', ...nameLines(section))
  lines.push('', `Rejected inputs: ${formatCount(rejected.total)}`)
  if (rejected.total > 0) lines.push(`  each listed in ${rejected.file}`)
  for (const { code, n, words } of rejected.reasons)
    lines.push(`  ${formatCount(n).padStart(12)}  ${code}: ${words}`)
  lines.push('', 'Equal images (size and CRC-32)')
  if (duplicates === null) lines.push('  duplicate check needs a manifest built from the ZIP')
  else {
    lines.push(`  ${countOf(duplicates.images, 'image')} in ${countOf(duplicates.groups, 'group')}`)
    for (const { a, b, imagesA, imagesB } of duplicates.overlaps)
      lines.push(
        a === b
          ? `  within ${a}: ${countOf(imagesA, 'image')}`
          : `  ${a} and ${b}: ${formatCount(imagesA)} and ${countOf(imagesB, 'image')}`,
      )
  }
  lines.push('', ...overlapLines(overlaps))
  lines.push('', 'Known issues')
  for (const { dataset, what, here } of defects)
    lines.push(`  ${dataset ?? 'any dataset'}: ${what}`, `    here: ${here}`)
  const { licences, imageSplit } = ledger
  const here = licences.filter(({ images }) => images > 0)
  lines.push('', `${LICENCES_TITLE} (--csv or --json lists them)`)
  for (const [strength, n] of countByStrength(here))
    lines.push(
      `${formatCount(n).padStart(8)}  ${strength === 'unknown' ? 'unknown' : STRENGTH_TEXT[strength]}`,
    )
  lines.push('', IMAGE_SPLIT_TITLE, `  ${IMAGE_SPLIT_NOTE}`)
  for (const line of imageSplitLines(imageSplit)) lines.push(`  ${line}`)
  lines.push(`    ${IMAGE_SPLIT_SOURCE}`)
  lines.push('', ...reasonLines(ledger))
  return `${lines.join('\n')}\n`
}

/** The pairs of which the manifest has both datasets. */
function overlapLines(overlaps: Ledger['overlaps']): string[] {
  const here = overlaps.filter(({ present }) => present > 1)
  return [
    SHARED_SCANS_TITLE,
    ...(here.length === 0 ? ['  none in this manifest'] : []),
    ...here.map(({ datasets, kindInWords, found }) => {
      const equal = found === null ? '' : found.length > 0 ? '; equal images' : '; no equal images'
      return `  ${datasets.join(' and ')}: ${kindInWords}${equal}`
    }),
  ]
}

function numberTable({ title, lines }: Section<Line>): string[] {
  const rows = lines.map(line => [
    figureText(line.paper),
    figureText(line.release),
    figureText(line.manifest),
    differenceText(line.releaseToPaper),
    differenceText(line.toPaper),
  ])
  const titles = lines.map(({ name, measure }) =>
    isRepeated(name, measure) ? name : `${name}, ${measure}`,
  )
  const first = Math.max(title.length, ...titles.map(text => text.length))
  const widths = HEAD.map((head, i) =>
    Math.max(head.length, ...rows.map(row => row[i]?.length ?? 0)),
  )
  const cells = (row: readonly string[]) =>
    row.map((text, i) => text.padStart(widths[i] ?? 0)).join('  ')
  return [
    `${title.padEnd(first)}  ${cells(HEAD)}`,
    ...rows.map((row, i) => {
      const why = lines[i]?.reasons.map(shortReason).join('; ') ?? ''
      return `${(titles[i] ?? '').padEnd(first)}  ${cells(row)}${why && `  ${why}`}`
    }),
  ]
}

/** Whether name and measure of a line are the same, as for totals. */
const isRepeated = (name: string, measure: string) =>
  !['images', 'masks', 'datasets'].includes(measure) || name.toLowerCase().endsWith(measure)

function nameLines({ title, lines }: Section<NameLine>): string[] {
  const here = lines.filter(({ images }) => images > 0).length
  const apart = lines.filter(line => line.isApart)
  return [
    `${title}: ${formatCount(here)} in this manifest (--csv or --json lists them)`,
    ...apart.map(({ name, release, reasons }) => {
      const what =
        release === 'yes'
          ? 'in the public release, not in this manifest'
          : 'in this manifest, not in the public release'
      return `  ${name}: ${what} (${reasons.map(shortReason).join('; ')})`
    }),
  ]
}

function reasonLines({ numbers, names }: Ledger): string[] {
  const used = new Set(
    [...numbers, ...names].flatMap(section => section.lines.flatMap(({ reasons }) => reasons)),
  )
  const shown = REASONS.filter(({ id }) => used.has(id))
  if (shown.length === 0) return []
  return [
    'Reasons',
    ...shown.flatMap(({ short, text, sources }) => [
      `  ${short}: ${text}`,
      ...sources.map(({ title, url }) => `    ${title}: ${url}`),
    ]),
  ]
}
