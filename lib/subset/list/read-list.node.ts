import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserError } from '../../errors'
import { processFolder } from '../../store/process-folder.node.ts'
import { ListJson } from './list-json'
import { ListLines } from './list-lines'
import { readParquetList } from './list-parquet.node.ts'
import { type ListSink, MAX_TEXT, type PlaceWord } from './list-sink'
import { openListText } from './list-text.node.ts'

const READ_BYTES = 1 << 20

/**
 * Read a list of files as a stream: text, a table with commas, tabs or semicolons, JSON, JSON lines or Parquet.
 * `ListLines`, `ListJson` and `readParquetList` describe the accepted variants. Memory does not depend on the length.
 *
 * @param place Path of the list, or `-` for standard input.
 * @param input Standard input.
 * @returns What the sink's places mean.
 * @throws UserError if the list cannot be read, or is not a list.
 */
export async function readList(
  place: string,
  sink: ListSink,
  input: AsyncIterable<Uint8Array> = process.stdin,
): Promise<PlaceWord> {
  const where = place === '-' ? 'standard input' : place
  const bytes = place === '-' ? input : bytesOf(place)
  const list = await openListText(bytes, where)
  if (list.kind === 'parquet') {
    await readSpooled(list.bytes, path => readParquetList(path, where, sink))
    return 'row'
  }
  const text = list.text[Symbol.asyncIterator]()
  let start = ''
  while (start.trim().length < 2) {
    const next = await text.next()
    if (next.done) break
    start += next.value
  }
  async function* all() {
    yield start
    for (let next = await text.next(); !next.done; next = await text.next()) yield next.value
  }
  if (/^\s*[[{]\s*'/.test(start))
    throw new UserError(
      `${where}: a Python list or dict, not JSON; write it with json.dump, or one file name per line`,
    )
  if (/^\s*(\{\s*["}]|\{\s*$|\[\s*["{[\]]|\[\s*$)/.test(start)) {
    const json = new ListJson(where, sink)
    for await (const piece of all()) json.add(piece)
    json.end()
    return 'byte'
  }
  await readLines(all(), where, new ListLines(sink))
  return 'line'
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>
  } catch (cause) {
    const { message } = cause as NodeJS.ErrnoException
    throw new UserError(`${path}: cannot be read (${message})`, 1, { cause })
  }
}

/** DuckDB reads Parquet only from a file, so a pipe or unpacked data is stored in a temporary file first. */
async function readSpooled(
  bytes: AsyncIterable<Uint8Array>,
  read: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await processFolder('list')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'list.parquet')
  try {
    await pipeline(Readable.from(bytes), createWriteStream(path))
    await read(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readLines(
  pieces: AsyncIterable<string>,
  where: string,
  lines: ListLines,
): Promise<void> {
  let rest = ''
  let count = 0
  for await (const piece of pieces) {
    // A lone CR also ends a line, as on old Macs.
    const some = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = some.pop() ?? ''
    for (const line of some) lines.add(line)
    count += some.length
    if (rest.length > MAX_TEXT)
      throw new UserError(
        `${where}: line ${count + 1} is longer than ${MAX_TEXT} characters; give one file per line`,
      )
  }
  if (rest !== '') lines.add(rest)
  lines.end()
}
