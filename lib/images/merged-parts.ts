import type { Archive } from '../archive/archive'
import type { ByteSource } from '../archive/byte-source'
import type { EntryLocator } from '../archive/entry'
import { Parts } from '../archive/parts'

/** Bytes between two entries that are cheaper to fetch than to ask again. */
const MAX_GAP = 64 * 1024
const MAX_WINDOW = 8 * 1024 * 1024
/** A local header with a long name and its extra fields. */
const HEADER_ROOM = 640

interface Window {
  start: number
  end: number
}

/**
 * The same archive for reading some entries once, with those that lie close together fetched by one
 * request: the masks of an image are neighbours, and hosts count requests.
 */
export function withMergedReads(archive: Archive, entries: readonly EntryLocator[]): Archive {
  const sources = archive.parts.sources.map((source, part) => {
    const windows = windowsOf(
      entries.filter(entry => entry.part === part),
      source.size,
    )
    return windows.length > 0 ? windowed(source, windows) : source
  })
  return { ...archive, parts: new Parts(sources) }
}

/** Stretches of a part that hold several entries. */
export function windowsOf(entries: readonly EntryLocator[], size: number): Window[] {
  const windows: (Window & { entries: number })[] = []
  for (const { offset, compressedBytes } of entries.toSorted((a, b) => a.offset - b.offset)) {
    const end = Math.min(size, offset + HEADER_ROOM + compressedBytes)
    const last = windows.at(-1)
    if (last && offset - last.end <= MAX_GAP && end - last.start <= MAX_WINDOW) {
      last.end = Math.max(last.end, end)
      last.entries++
    } else windows.push({ start: offset, end, entries: 1 })
  }
  return windows.filter(window => window.entries > 1)
}

function windowed(source: ByteSource, windows: readonly Window[]): ByteSource {
  const fetched = new Map<Window, Promise<Uint8Array>>()
  const served = new Set<number>()
  return {
    ...{ name: source.name, size: source.size, isRemote: source.isRemote },
    async read(offset, length, signal) {
      const window = windows.find(each => each.start <= offset && offset + length <= each.end)
      // Who reads the same place again found it damaged, and wants it anew.
      if (!window || served.has(offset)) return source.read(offset, length, signal)
      served.add(offset)
      const bytes =
        fetched.get(window) ?? source.read(window.start, window.end - window.start, signal)
      fetched.set(window, bytes)
      return (await bytes).subarray(offset - window.start, offset - window.start + length)
    },
    close: () => source.close(),
  }
}
