import { formatCount } from '../../lib/format'
import { type CasesBy, isCasePair, pairKey } from '../../lib/queries/cases-by'
import type { TooltipField } from './read-spec'

/** A row of a chart that has a mark. */
export interface MarkRow {
  readonly [field: string]: unknown
  /** The value that selecting the mark selects. */
  readonly value: string
}

/** Whether a row has a mark that can be selected; ghosts cannot. */
export const isMarkRow = (row: unknown): row is MarkRow => {
  const { value, ghost } = (row ?? {}) as { value?: unknown; ghost?: unknown }
  return typeof value === 'string' && ghost !== true
}

/** Whether a filter names the row's value. */
export const isPicked = ({ picked, pickedValue }: MarkRow): boolean =>
  picked === true || typeof pickedValue === 'string'

/** A field of a row for people: whole numbers with separators; a dash for unknown values. */
export function fieldText({ field }: TooltipField, row: MarkRow): string {
  const value = row[field]
  if (typeof value === 'number') return formatCount(value)
  return value === null || value === undefined ? '—' : String(value)
}

/** A row in words: "Liver, modality CT: 12 images, 3,400 masks". */
export function rowText(fields: readonly TooltipField[], row: MarkRow): string {
  const names = fields.filter(field => !field.isCount)
  const name = names.map((field, i) => (i ? `${field.title} ` : '') + fieldText(field, row))
  const counts = fields.filter(field => field.isCount)
  const words = counts.map(field => `${fieldText(field, row)} ${field.title}`)
  return `${name.join(', ') || row.value}: ${words.join(', ')}`
}

/** Key of a row in the counts of cases: its value, or the two names of a pair. */
export function casesKey(facet: CasesBy, fields: readonly TooltipField[], row: MarkRow): string {
  if (!isCasePair(facet)) return row.value
  const names = fields.filter(field => !field.isCount)
  return pairKey(names.slice(0, 2).map(({ field }) => String(row[field])))
}

/** Whether two lists of rows would be drawn the same. */
export const sameRows = (a: readonly object[], b: readonly object[]): boolean =>
  a === b || (a.length === b.length && a.every((row, i) => sameFields(row, b[i] as object)))

function sameFields(a: object, b: object): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return keys.length === Object.keys(b).length && keys.every(key => one[key] === other[key])
}
