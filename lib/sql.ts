import { UserError } from './errors'

/** A value that can be bound to a statement. Arrays become one parameter per element. */
export type SqlValue = number | string | boolean | null

/** A statement or a piece of one: text with `?` placeholders, and the values they stand for, in order. */
export interface Sql {
  readonly text: string
  readonly params: readonly SqlValue[]
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'params' in value

/**
 * Build a statement. Interpolated values are bound, never spliced; interpolated `Sql` pieces are
 * inlined with their own values; an array becomes a parenthesised list (`(NULL)` when empty, which
 * matches nothing).
 */
export function sql(
  strings: TemplateStringsArray,
  ...values: (SqlValue | Sql | readonly SqlValue[])[]
): Sql {
  let text = strings[0] ?? ''
  const params: SqlValue[] = []
  values.forEach((value, i) => {
    if (isSql(value)) {
      text += value.text
      params.push(...value.params)
    } else if (Array.isArray(value)) {
      text += value.length === 0 ? '(NULL)' : `(${value.map(() => '?').join(', ')})`
      params.push(...(value as readonly SqlValue[]))
    } else {
      text += '?'
      params.push(value as SqlValue)
    }
    text += strings[i + 1] ?? ''
  })
  return { text, params }
}

/** An identifier from the constants of the manifest. Throws for anything but a plain name. */
export function ident(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new RangeError(`not a plain SQL name: ${name}`)
  return { text: name, params: [] }
}

/** Pieces with a separator between them; an empty list gives an empty piece. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  return {
    text: pieces.map(piece => piece.text).join(separator),
    params: pieces.flatMap(piece => [...piece.params]),
  }
}

/** The pieces as one conjunction in parentheses; `TRUE` for none. */
export function and(pieces: readonly Sql[]): Sql {
  if (pieces.length === 0) return sql`TRUE`
  return sql`(${join(pieces, ' AND ')})`
}

/** A string as a SQL literal, for the few statements (COPY, SET, ATTACH) that take no parameters. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The path of one file as a SQL literal, for functions that read the files of a pattern, such as read_parquet. In a
 * pattern, a class of one character stands for a character that would otherwise match others.
 *
 * @param end What follows the path: a name, or a pattern of names.
 * @throws UserError for a path with such characters and a backslash, which DuckDB takes for a slash then.
 */
export function exactPath(path: string, end = ''): string {
  const exact = path.replace(/[*?[]/g, char => `[${char}]`)
  if (exact !== path && path.includes('\\') && !/^[A-Za-z]:\\/.test(path))
    throw new UserError(
      `${path}: a path with a backslash and one of *, ? and [ cannot be read by DuckDB; rename the folder`,
    )
  return quoted(exact + end)
}

/**
 * Whole numbers written out as literals, so that they compare in the column's own type (a bound
 * number is a DOUBLE, and casting 20 million ids to it costs more than the comparison).
 *
 * @throws RangeError on anything that is not a whole number.
 */
export function integers(values: readonly number[]): Sql {
  const bad = values.find(value => !Number.isSafeInteger(value))
  if (bad !== undefined) throw new RangeError(`not a whole number: ${bad}`)
  return { text: values.length === 0 ? '(NULL)' : `(${values.join(', ')})`, params: [] }
}

/** One whole number as a literal, as `integers` writes them. */
export const integer = (value: number): Sql => ({
  text: integers([value]).text.slice(1, -1),
  params: [],
})

/** A name from our own constants as a string literal. */
export const literal = (name: string): Sql => ({ text: quoted(name), params: [] })
