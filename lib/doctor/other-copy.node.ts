import { type ByteSource, newCounters, type TransferCounters } from '../archive/byte-source'
import { openFileSource } from '../archive/file-source.node.ts'
import { type HttpOptions, httpClient } from '../archive/http-request'
import { openHttpSource } from '../archive/http-source'
import { checkLocation, isUrl, partLocations } from '../archive/part-names'
import { Parts } from '../archive/parts'
import { UserError } from '../errors'
import { type Layout, layoutAt } from './find-layout.node.ts'
import { cutAt, pieces, type Range } from './ranges'

/** Bytes per read. */
const READ_BYTES = 8 << 20

/** Parts that are opened at a time. */
const AT_ONCE = 8

/** The archive that damaged bytes are taken from: on a server, or in another folder. */
export class OtherCopy {
  parts: Parts

  private constructor(
    readonly location: string,
    readonly counters: TransferCounters,
    sources: readonly ByteSource[],
    /** Parts that the other copy lacks, with the reason. */
    readonly missing: ReadonlyMap<number, string>,
  ) {
    this.parts = new Parts(sources)
  }

  /**
   * @param location Path or URL of the other copy's `.zip`.
   * @param known The number of parts; null to take it from the end of the other copy, which is then read.
   * @throws UserError if its last part cannot be read, or its end if that is needed.
   */
  static async open(
    location: string,
    known: number | null,
    options: { readonly http?: HttpOptions; readonly signal?: AbortSignal } = {},
  ): Promise<OtherCopy> {
    checkLocation(location)
    const counters = newCounters()
    const client = httpClient(counters, options.http)
    const open = (place: string) =>
      isUrl(place) ? openHttpSource(place, client, options.signal) : openFileSource(place, counters)
    const last = await open(location)
    const missing = new Map<number, string>()
    const opened = new Map<number, ByteSource[]>()
    const openOthers = async (count: number) => {
      const before = opened.get(count)
      if (before) return before
      missing.clear()
      const places = partLocations(location, count).slice(0, -1)
      const sources: ByteSource[] = []
      for (let at = 0; at < places.length; at += AT_ONCE) {
        const some = places.slice(at, at + AT_ONCE)
        const opened = await Promise.all(some.map(place => open(place).catch(keepUserError)))
        for (const each of opened) {
          if (each instanceof UserError) missing.set(sources.length, each.message)
          sources.push(each instanceof UserError ? lacking(each) : each)
        }
      }
      opened.set(count, sources)
      return sources
    }
    try {
      const count = known ?? (await layoutAt(last, openOthers)).count
      return new OtherCopy(location, counters, [...(await openOthers(count)), last], missing)
    } catch (error) {
      for (const source of [last, ...[...opened.values()].flat()]) await source.close()
      throw error
    }
  }

  /** Bytes of each part; null for those that this copy lacks. */
  get sizes(): (number | null)[] {
    return this.parts.sources.map(({ size }, part) => (this.missing.has(part) ? null : size))
  }

  /** Gives the parts that this copy lacks the sizes that they must have, so that positions are the same. */
  align(sizes: readonly number[]): void {
    this.parts = new Parts(
      this.parts.sources.map((source, part) =>
        this.missing.has(part) ? { ...source, size: sizes[part] ?? 0 } : source,
      ),
    )
  }

  get isRemote(): boolean {
    return isUrl(this.location)
  }

  /** The end of the archive as this copy has it. */
  layout(): Promise<Layout> {
    const { sources } = this.parts
    return layoutAt(this.parts.source(sources.length - 1), async count => {
      if (count !== sources.length)
        throw new UserError(`${this.location}: has ${count} parts, ${sources.length} expected`)
      return sources.slice(0, -1)
    })
  }

  /** The bytes of a range, in pieces of some MB; each lies in one part. */
  async *read(
    range: Range,
    signal?: AbortSignal,
  ): AsyncGenerator<{ start: number; bytes: Uint8Array }> {
    for (const { start, end } of pieces(this.byPart(range), READ_BYTES))
      yield { start, bytes: await this.parts.read(this.parts.place(start), end - start, signal) }
  }

  /** A range cut where parts end. */
  byPart(range: Range): Range[] {
    return cutAt(range, this.parts.starts)
  }

  async close(): Promise<void> {
    await this.parts.close()
  }
}

/** A part that the other copy lacks: it has no bytes, and reading it fails. */
const lacking = (error: UserError): ByteSource => ({
  name: '',
  size: 0,
  isRemote: false,
  read: () => Promise.reject(error),
  close: async () => {},
})

function keepUserError(error: unknown): UserError {
  if (error instanceof UserError) return error
  throw error
}
