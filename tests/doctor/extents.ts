import type { Files } from './small-archive'

/** What a byte of an archive belongs to, found by a naive scan that shares no code with the doctor. */
export interface Owner {
  readonly kind: string
  /** Name of the entry, or null. */
  readonly name: string | null
}

interface Piece extends Owner {
  readonly start: number
  readonly end: number
}

/** Owners of all bytes of an undamaged archive. */
export function extentsOf(files: Files): { at(part: string, offset: number): Owner } {
  const all = Buffer.concat([...files.values()])
  const starts = new Map<string, number>()
  let at = 0
  for (const [name, bytes] of files) {
    starts.set(name, at)
    at += bytes.length
  }
  const bases = [...starts.values()]
  const pieces: Piece[] = []
  const add = (start: number, end: number, kind: string, name: string | null) =>
    pieces.push({ start, end, kind, name })
  // The first central signature after which records follow each other up to the end.
  let directory = 0
  do directory = all.indexOf('PK\x01\x02', directory + 1, 'latin1')
  while (!chainEnds(all, directory))
  let record = directory
  while (all.readUInt32LE(record) === 0x02014b50) {
    const [n, e, c] = [28, 30, 32].map(offset => all.readUInt16LE(record + offset)) as [
      number,
      number,
      number,
    ]
    const name = all.toString('utf8', record + 46, record + 46 + n)
    const next = record + 46 + n + e + c
    add(record, next, 'record', name)
    let packed = all.readUInt32LE(record + 20)
    let part = all.readUInt16LE(record + 34)
    let offset = all.readUInt32LE(record + 42)
    if (packed === 0xffffffff) {
      const extra = record + 46 + n + 4
      packed = Number(all.readBigUInt64LE(extra + 8))
      offset = Number(all.readBigUInt64LE(extra + 16))
      part = all.readUInt32LE(extra + 24)
    }
    const start = (bases[part] ?? 0) + offset
    const data = start + 30 + all.readUInt16LE(start + 26) + all.readUInt16LE(start + 28)
    add(start, data, 'header', name)
    add(data, data + packed - 1, 'data', name)
    add(data + packed - 1, data + packed, 'last data byte', name)
    if (all.readUInt16LE(start + 6) & 8) add(data + packed, data + packed + 16, 'descriptor', name)
    record = next
  }
  add(record, all.length, 'end', null)
  return {
    at(part, offset) {
      const position = (starts.get(part) ?? 0) + offset
      return (
        pieces.find(({ start, end }) => start <= position && position < end) ?? {
          kind: 'gap',
          name: null,
        }
      )
    },
  }
}

function chainEnds(all: Buffer, start: number): boolean {
  let at = start
  while (at + 46 <= all.length && all.readUInt32LE(at) === 0x02014b50)
    at += 46 + all.readUInt16LE(at + 28) + all.readUInt16LE(at + 30) + all.readUInt16LE(at + 32)
  const signature = at + 4 <= all.length ? all.readUInt32LE(at) : 0
  return at > start && (signature === 0x06054b50 || signature === 0x06064b50)
}
