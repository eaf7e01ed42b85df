import { createGunzip } from 'node:zlib'
import { UserError } from '../../errors'

/** Number of bytes that identify a file type. */
const SNIFFED = 16

/** First bytes (latin1) of files that are not lists, with advice on what to do. */
const OTHERS: readonly [start: string, what: string][] = [
  ['PK\x03\x04', 'a ZIP archive or an Excel workbook; unpack it, or save the list as CSV'],
  ['PK\x05\x06', 'an empty ZIP archive; give the list itself'],
  ['BZh', 'compressed with bzip2; unpack it first: bzip2 -d'],
  ['\xfd7zXZ', 'compressed with xz; unpack it first: xz -d'],
  ['7z\xbc\xaf', 'a 7z archive; unpack it first'],
  ['\x28\xb5\x2f\xfd', 'compressed with zstd; unpack it first: zstd -d'],
  ['\xd0\xcf\x11\xe0', 'an Excel workbook; save the list as CSV'],
  ['%PDF', 'a PDF; save the list as text'],
  ['ARROW1', 'an Arrow file; save the list as CSV or Parquet'],
  ['\x93NUMPY', 'a NumPy array; save the list as text'],
  ['\x89HDF', 'an HDF5 file; save the list as CSV'],
  ['\x89PNG', 'a picture; give a list of files'],
  ['SQLite format 3', 'a SQLite database; save the list as CSV'],
  ['version https://git-lfs', 'a Git LFS pointer; fetch the file itself'],
  ['\xff\xfe\0\0', 'UTF-32 text; save it as UTF-8'],
  ['\0\0\xfe\xff', 'UTF-32 text; save it as UTF-8'],
]

/** An opened list: Parquet, or text in chunks of any size without a byte order mark. */
export type OpenedList =
  | { readonly kind: 'parquet'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: 'text'; readonly text: AsyncIterable<string> }

/**
 * Identify a list by its first bytes and decode it: UTF-8 or UTF-16, plain or gzip.
 *
 * @param where Name of the list, for messages.
 * @throws UserError for a file of another type or invalid text; also while the text is read.
 */
export async function openListText(
  bytes: AsyncIterable<Uint8Array>,
  where: string,
  mayUnpack = true,
): Promise<OpenedList> {
  const { start, all } = await peek(bytes)
  const head = Buffer.from(start).toString('latin1')
  if (head.startsWith('\x1f\x8b')) {
    if (!mayUnpack) throw new UserError(`${where}: is compressed with gzip twice; unpack it first`)
    return openListText(gunzipped(all, where), where, false)
  }
  if (head.startsWith('PAR1')) return { kind: 'parquet', bytes: all }
  const other = OTHERS.find(([mark]) => head.startsWith(mark.slice(0, SNIFFED)))
  if (other) throw new UserError(`${where}: this is ${other[1]}`)
  if (/^(\xef\xbb\xbf)?\s*<[!?a-z]/i.test(head))
    throw new UserError(`${where}: this is an HTML or XML page; download the list itself`)
  return { kind: 'text', text: decoded(all, encodingOf(head), where) }
}

/** Return the first bytes, and a stream of all bytes from the start. */
async function peek(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]()
  let start: Uint8Array = new Uint8Array(0)
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (!next.done) start = Buffer.concat([start, next.value])
    if (next.done || start.length >= SNIFFED) break
  }
  async function* all() {
    if (start.length > 0) yield start
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield next.value
  }
  return { start, all: all() }
}

/** UTF-16 if there is a byte order mark, or if the text is ASCII in UTF-16; otherwise UTF-8. */
function encodingOf(head: string): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (/^(\xff\xfe|[^\0]\0[^\0]\0)/.test(head)) return 'utf-16le'
  if (/^(\xfe\xff|\0[^\0]\0[^\0])/.test(head)) return 'utf-16be'
  return 'utf-8'
}

async function* gunzipped(
  bytes: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const fed = (async () => {
    for await (const chunk of bytes)
      if (!gunzip.write(chunk)) await new Promise(resolve => gunzip.once('drain', resolve))
    gunzip.end()
  })()
  fed.catch(error => gunzip.destroy(error))
  try {
    yield* gunzip as AsyncIterable<Buffer>
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (!code?.startsWith('Z_')) throw cause
    throw new UserError(`${where}: damaged gzip data (${message}); write or copy it again`, 1, {
      cause,
    })
  }
}

async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  where: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let lines = 1
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw new UserError(
        `${where}: not ${encoding.toUpperCase()} text, at line ${lines} or behind; save the list as UTF-8`,
        1,
        { cause },
      )
    }
  }
  for await (const chunk of bytes) {
    const text = decode(chunk)
    if (text.includes('\0'))
      throw new UserError(
        `${where}: holds NUL characters, at line ${lines} or behind; it is no text: give a list of file names`,
      )
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
    yield text
  }
  yield decode()
}
