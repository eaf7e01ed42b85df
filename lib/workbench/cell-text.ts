import {
  type Data,
  type DataType,
  type Date_,
  DateUnit,
  type Decimal,
  type Field,
  type Time,
  type Timestamp,
  type TimeUnit,
  Type,
  type Vector,
} from 'apache-arrow'
import { dateText, timestampText, timeText } from './time-text'

/** Alignment of a column: numbers right, text left. */
export type ColumnKind = 'number' | 'text'

const NUMBERS = new Set([Type.Int, Type.Float, Type.Decimal])

export const kindOf = (type: DataType): ColumnKind => (NUMBERS.has(type.typeId) ? 'number' : 'text')

/** Whether a column's numbers get thousands separators; ids do not. */
export const isGrouped = (name: string, type: DataType): boolean =>
  kindOf(type) === 'number' && !/(^|_)ids?$/i.test(name)

/** Text of a number, split where its integer part has thousands separators; other texts are not split. */
export function digitGroups(text: string): string[] {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d{4,})(\.\d+)?$/.exec(text) ?? []
  if (whole === '') return [text]
  const groups = whole.match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? []
  return groups.map((group, i) => {
    return `${i === 0 ? sign : ''}${group}${i === groups.length - 1 ? rest : ''}`
  })
}

/** In place of a value of a type that Arrow cannot read here. */
const UNREADABLE = 'not shown; cast it to VARCHAR'

/**
 * A value of an Arrow column → its exact text, without rounding or separators. NULL is null; lists, structs and maps
 * are JSON; dates and times are written as DuckDB writes them.
 *
 * It never throws: a value of a type that cannot be read has a text that says so.
 */
export function cellText(column: Vector, row: number): string | null {
  try {
    const value = plainValue(column, row)
    if (value === null) return null
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  } catch {
    return UNREADABLE
  }
}

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** A value as JSON can have it; numbers that JSON has not are texts. */
function plainValue(column: Vector, row: number): Plain {
  const { data, at } = chunkOf(column, row)
  const { type } = column
  if (!data.getValid(at)) return null
  switch (type.typeId) {
    case Type.Decimal:
      return decimalText(column.get(row) as Uint32Array, (type as Decimal).scale)
    case Type.Date:
      return dateText(daysOf(type as Date_, rawNumber(data, at)))
    case Type.Timestamp: {
      const { unit, timezone } = type as Timestamp
      const text = timestampText(rawNumber(data, at), perSecond(unit))
      return timezone ? `${text}+00` : text
    }
    case Type.Time:
      return timeText(rawNumber(data, at), perSecond((type as Time).unit))
    case Type.Interval:
      // DuckDB sends months, days and nanoseconds, which this version of Arrow reads as months alone.
      return UNREADABLE
    case Type.Binary:
      return `\\x${Array.from(column.get(row) as Uint8Array, byte => byte.toString(16).padStart(2, '0')).join('')}`
    case Type.List:
    case Type.FixedSizeList: {
      const items = column.get(row) as Vector
      return Array.from({ length: items.length }, (_, i) => plainValue(items, i))
    }
    case Type.Struct:
      return Object.fromEntries(
        type.children.map(({ name }: Field, i: number) => {
          const child = column.getChildAt(i)
          return [name, child ? plainValue(child, row) : null]
        }),
      )
    default:
      return plain(column.get(row))
  }
}

function plain(value: unknown): Plain {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value.toString()
  return JSON.parse(
    JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? each.toString() : each)),
  )
}

/** The chunk of a column that has a row, and the row's place in it. */
function chunkOf(column: Vector, row: number): { readonly data: Data; readonly at: number } {
  let at = row
  for (const data of column.data) {
    if (at < data.length) return { data, at }
    at -= data.length
  }
  throw new RangeError(`row ${row} of ${column.length}`)
}

/** Arrow's own getters make milliseconds of times, and throw for those that no Date has. */
const rawNumber = (data: Data, at: number): bigint => BigInt(data.values[at])

const daysOf = ({ unit }: Date_, value: bigint): number =>
  Number(unit === DateUnit.DAY ? value : value / 86_400_000n)

const perSecond = (unit: TimeUnit): bigint => 1000n ** BigInt(unit)

/** Words of a decimal number, least first and in two's complement → "-12.34". */
function decimalText(words: Uint32Array, scale: number): string {
  let number = 0n
  for (let i = words.length - 1; i >= 0; i--) number = (number << 32n) | BigInt(words[i] as number)
  number = BigInt.asIntN(32 * words.length, number)
  const digits = (number < 0n ? -number : number).toString().padStart(scale + 1, '0')
  const rest = scale === 0 ? '' : `.${digits.slice(-scale)}`
  return `${number < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${rest}`
}
