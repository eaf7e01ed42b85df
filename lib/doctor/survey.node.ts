import type { Parts } from '../archive/parts'
import type { Range } from './ranges'
import { type DirectoryRecord, readRecords } from './records.node.ts'

/** What one pass over the directory tells. */
export interface Survey {
  readonly records: number
  /** Whether entries are in the order of the directory, but for some damaged ones. */
  readonly isOrdered: boolean
  /** Ranges of the directory that cannot be read. */
  readonly broken: readonly Range[]
  /** Some records of each part, by its number. */
  readonly samples: ReadonlyMap<number, readonly DirectoryRecord[]>
  /** The first and the last few records of each part, in the order of the directory. */
  readonly edges: ReadonlyMap<number, Edges>
}

/** Records at the edges of a part. One that is damaged shows by the others. */
export interface Edges {
  readonly first: DirectoryRecord[]
  readonly last: DirectoryRecord[]
}

const EDGE = 3

/** Records of a part that are sampled at most. */
const SAMPLES = 48

/** Reads the directory once. */
export async function survey(
  parts: Parts,
  directory: Range,
  { onProgress, signal }: { onProgress?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<Survey> {
  const broken: Range[] = []
  const samples = new Map<number, Sample>()
  const edges = new Map<number, Edges>()
  let [records, descents] = [0, 0]
  let [part, offset] = [0, 0]
  let last: DirectoryRecord | null = null
  for await (const batch of readRecords(parts, directory, range => broken.push(range))) {
    signal?.throwIfAborted()
    for (const record of batch) {
      const { entry } = record
      if (entry.part < part || (entry.part === part && entry.offset < offset)) descents++
      ;({ part, offset } = entry)
      records++
      if (part < parts.sources.length) addEdge(edges, record)
      sampleOf(samples, part).add(record)
      last = record
    }
    // A view would keep its whole block in memory.
    for (const { last } of edges.values()) last.splice(0, EDGE, ...last.map(kept))
    onProgress?.((last?.end ?? directory.start) - directory.start)
  }
  return {
    records,
    isOrdered: descents <= Math.max(8, records / 50),
    broken,
    samples: new Map([...samples].map(([number, sample]) => [number, sample.records])),
    edges,
  }
}

function addEdge(edges: Map<number, Edges>, record: DirectoryRecord): void {
  const { part } = record.entry
  const edge = edges.get(part) ?? { first: [], last: [] }
  edges.set(part, edge)
  if (edge.first.length < EDGE) edge.first.push(kept(record))
  edge.last.push(record)
  if (edge.last.length > EDGE) edge.last.shift()
}

function sampleOf(samples: Map<number, Sample>, part: number): Sample {
  const found = samples.get(part) ?? new Sample()
  samples.set(part, found)
  return found
}

/** Evenly spread records of an unknown number: when there are too many, every second one is dropped. */
class Sample {
  records: DirectoryRecord[] = []
  private step = 1
  private seen = 0

  add(record: DirectoryRecord): void {
    if (this.seen++ % this.step > 0) return
    this.records.push(kept(record))
    if (this.records.length < SAMPLES) return
    this.records = this.records.filter((_, i) => i % 2 === 0)
    this.step *= 2
  }
}

/** A record that does not keep the block that it was read with in memory. */
const kept = (record: DirectoryRecord): DirectoryRecord => ({
  ...record,
  name: Uint8Array.from(record.name),
  extra: Uint8Array.from(record.extra),
})
