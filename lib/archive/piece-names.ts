import { UserError } from '../errors'
import { isUrl } from './part-names'

/** Names of the pieces of a file that was cut anywhere, by 7-Zip, HJSplit or `split`. */
export interface PieceNames {
  /** Location of a piece, counted from 0. */
  readonly location: (index: number) => string
  /** The number of the piece whose file has this name (without a folder), or null. */
  readonly indexOf: (fileName: string) => number | null
}

/** `.zip.001`, `.zip.00`, `.zip001`, `.zip.part1`, `.zip.aa`, … */
const PIECE = /^(.*\.zip)([._-]?(?:part)?[._-]?)(\d{1,5}|[a-z]{2,4})$/is

/**
 * The names of the pieces that a location is the first of; null for a location that is not called like a piece.
 *
 * @param location Path or http(s) URL of the first piece; the query of a URL is kept.
 * @throws UserError for a piece that is not the first, with the name of the first.
 */
export function pieceNames(location: string): PieceNames | null {
  const [, path = '', rest = ''] = isUrl(location)
    ? (/^([^?#]*)(.*)$/s.exec(location) ?? [])
    : [location, location]
  const [, stem = '', between = '', mark = ''] = PIECE.exec(path) ?? []
  if (mark === '') return null
  const isNumber = /^\d/.test(mark)
  // Of letters, only the first piece is surely one: a.zip.bak is not.
  if (!isNumber && !/^a+$/i.test(mark)) return null
  const value = Number(mark)
  if (isNumber && value > 1)
    throw new UserError(
      `${location}: one piece of a file that was cut; give the first one, ${stem}${between}${'1'.padStart(mark.length, '0')}${rest}`,
    )
  const start = isNumber ? value : 0
  const isUpper = !isNumber && mark === mark.toUpperCase()
  const markOf = (index: number) => {
    if (isNumber) return String(start + index).padStart(mark.length, '0')
    const letters = lettersOf(index, mark.length)
    return isUpper ? letters.toUpperCase() : letters
  }
  const base = `${stem.replace(/^.*[/\\]/s, '')}${between}`
  return {
    location: index => `${stem}${between}${markOf(index)}${rest}`,
    indexOf(fileName) {
      if (!fileName.startsWith(base)) return null
      const end = fileName.slice(base.length)
      if (isNumber) return /^\d{1,5}$/.test(end) ? Number(end) - start : null
      return end.length === mark.length && /^[a-z]+$/i.test(end) ? numberOf(end) : null
    },
  }
}

/** Whether a location is called like a ZIP, a part of a split one, or a piece of a cut one. */
export function namesArchive(location: string): boolean {
  if (isUrl(location) || /\.(zip|z\d{2,})$/i.test(location)) return true
  const [, , , mark = ''] = PIECE.exec(location) ?? []
  return /^(\d+|a+)$/i.test(mark)
}

/** `aa`, `ab`, …, as `split` counts. */
function lettersOf(index: number, width: number): string {
  let text = ''
  for (let left = index, i = 0; i < width; i++, left = Math.floor(left / 26))
    text = String.fromCharCode(0x61 + (left % 26)) + text
  return text
}

const numberOf = (letters: string): number =>
  [...letters.toLowerCase()].reduce((sum, char) => sum * 26 + char.charCodeAt(0) - 0x61, 0)
