import { type DataType, type Decimal, Type } from 'apache-arrow'

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

/**
 * A value of an Arrow column → its exact text, without rounding or separators. NULL is null; lists and structs are
 * JSON.
 */
export function cellText(value: unknown, type: DataType): string | null {
  if (value === null || value === undefined) return null
  switch (type.typeId) {
    case Type.Decimal:
      return decimalText(value as Uint32Array, (type as Decimal).scale)
    case Type.Date:
      return new Date(Number(value)).toISOString().slice(0, 10)
    case Type.Timestamp:
      return new Date(Number(value))
        .toISOString()
        .replace('T', ' ')
        .replace(/\.?0*Z$/, '')
    case Type.Binary:
      return `\\x${Array.from(value as Uint8Array, byte => byte.toString(16).padStart(2, '0')).join('')}`
    default:
      return typeof value === 'object' ? JSON.stringify(value, plain) : String(value)
  }
}

const plain = (_key: string, value: unknown) =>
  typeof value === 'bigint' ? value.toString() : value

/** Words of a decimal number, least first and in two's complement → "-12.34". */
function decimalText(words: Uint32Array, scale: number): string {
  let number = 0n
  for (let i = words.length - 1; i >= 0; i--) number = (number << 32n) | BigInt(words[i] as number)
  number = BigInt.asIntN(32 * words.length, number)
  const digits = (number < 0n ? -number : number).toString().padStart(scale + 1, '0')
  const rest = scale === 0 ? '' : `.${digits.slice(-scale)}`
  return `${number < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${rest}`
}
