import type { ListSink } from '../../../lib/subset/list/list-sink'
import { readList } from '../../../lib/subset/list/read-list.node.ts'

/** What a list names, in order, with the places of other names and of lines that name nothing. */
export interface Named {
  readonly pictures: string[]
  readonly others: (readonly [name: string, at: number])[]
  readonly unused: (readonly [text: string, at: number])[]
}

/** A sink that keeps everything. */
export function collector(): Named & { readonly sink: ListSink } {
  const found: Named = { pictures: [], others: [], unused: [] }
  return {
    ...found,
    sink: {
      picture: path => found.pictures.push(path),
      other: (name, at) => found.others.push([name, at]),
      unused: (text, at) => found.unused.push([text, at]),
    },
  }
}

/** Bytes in chunks of a size. */
export async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Reads a list from standard input, in small chunks. */
export async function listOf(content: string | Uint8Array, chunk = 1 << 16): Promise<Named> {
  const { sink, ...found } = collector()
  await readList('-', sink, chunked(Buffer.from(content), chunk))
  return found
}
