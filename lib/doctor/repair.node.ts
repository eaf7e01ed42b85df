import { LOCAL_BYTES } from '../archive/local-header'
import { checkEntry } from './check-entry.node.ts'
import type { Copy, Patch } from './copy.node.ts'
import { extentOf } from './extent.node.ts'
import { assertRoom } from './fetch-part.node.ts'
import type { Finding } from './finding'
import { Journal, type JournalStep } from './journal.node.ts'
import { type Habits, parseLocal } from './local'
import { bytesIn, mergeRanges, overlap, type Range, within, without } from './ranges'
import type { DirectoryRecord } from './records.node.ts'
import { fetchedByUnit, type NewBytes, type Unit, unitsOf } from './repair-units.node.ts'

/** Bytes and units that are fetched, checked and written together. */
const BATCH_BYTES = 32 << 20
const BATCH_UNITS = 512
export interface RepairContext extends NewBytes {
  readonly copy: Copy
  readonly habits: Habits
  /** Where the directory begins and ends. */
  readonly directory: Range
  /** Records in the order of their places. */
  readonly records: () => AsyncIterable<readonly DirectoryRecord[]>
  readonly journal: string
  /** What is wrong with the directory, with the patches that lie over the copy. */
  readonly checkDirectory: () => Promise<readonly Finding[]>
  readonly onBytes: (done: number) => void
  readonly onStep: (step: JournalStep) => void
}

export interface Repaired {
  /** Ranges that were written. */
  readonly mended: readonly Range[]
  /** Ranges where the other copy has the same bytes, and nothing is wrong with them. */
  readonly sound: readonly Range[]
  /** Ranges that stay damaged, because the bytes of the other copy do not fit either. */
  readonly left: readonly Range[]
}

/**
 * Replaces damaged ranges by those of the other copy, the directory first. The new bytes of some units are
 * stored in a journal; every unit that is sound with them is written, and no other.
 *
 * @param damage Merged.
 */
export async function repairRanges(
  context: RepairContext,
  damage: readonly Range[],
): Promise<Repaired> {
  const { directory, copy } = context
  const total = emptyResult()
  const add = (part: Repaired) => {
    total.mended.push(...part.mended)
    total.sound.push(...part.sound)
    total.left.push(...part.left)
    context.onBytes(bytesIn(total.mended) + bytesIn(total.sound) + bytesIn(total.left))
  }
  const behind = { start: directory.start, end: copy.parts.size }
  const ofDirectory = within(damage, behind)
  if (ofDirectory.length > 0) {
    const units = [{ record: null, range: behind, wanted: ofDirectory }]
    add(await repairBatch(context, units, () => context.checkDirectory()))
  }
  const rest = within(damage, { start: 0, end: directory.start })
  if (rest.length === 0) return total
  const check = (unit: Unit) => findingsOf(context, unit)
  let batch: Unit[] = []
  let bytes = 0
  for await (const unit of unitsOf(copy, context.records(), directory, rest)) {
    context.signal.throwIfAborted()
    batch.push(unit)
    bytes += bytesIn(unit.wanted)
    if (bytes < BATCH_BYTES && batch.length < BATCH_UNITS) continue
    add(await repairBatch(context, batch, check))
    batch = []
    bytes = 0
  }
  if (batch.length > 0) add(await repairBatch(context, batch, check))
  return total
}

/** What is wrong with a unit, with the patches that lie over the copy. Bytes of no entry are always sound. */
async function findingsOf(
  { copy, habits }: RepairContext,
  { record, range }: Unit,
): Promise<readonly Finding[]> {
  if (!record) return []
  const start = range.start
  const guessed = { start, end: Math.min(range.end, start + LOCAL_BYTES + 0x400) }
  let head = await copy.read(guessed)
  if (head.length >= LOCAL_BYTES && parseLocal(head).length > head.length)
    head = await copy.read({ start, end: Math.min(range.end, start + parseLocal(head).length) })
  const placed = { record, start, bound: range.end }
  return checkEntry(copy, placed, extentOf(placed, head), habits, head)
}

async function repairBatch(
  context: RepairContext,
  units: readonly Unit[],
  check: (unit: Unit) => Promise<readonly Finding[]>,
): Promise<Repaired> {
  const { copy, signal } = context
  const total = emptyResult()
  const wanted = mergeRanges(units.flatMap(unit => unit.wanted))
  await assertRoom(context.journal, bytesIn(wanted))
  const journal = await Journal.create(context.journal, context.onStep)
  const before = copy.covered
  try {
    const changes = new Map<Unit, Change[]>(units.map(unit => [unit, []]))
    const lost: Range[] = []
    const fetchInto = async (some: readonly Unit[]) => {
      const ranges = mergeRanges(some.flatMap(unit => unit.wanted))
      for await (const { unit, start, bytes } of fetchedByUnit(context, some, ranges)) {
        signal.throwIfAborted()
        const range = { start, end: start + bytes.length }
        const place = copy.parts.place(start)
        const path = copy.files[place.part]?.path ?? null
        const isThere = copy.absentIn(range).length === 0
        if (isThere && Buffer.compare(await copy.readPlain(range), bytes) === 0) continue
        if (path === null) lost.push(range)
        else {
          const { index, read } = await journal.add(path, place.offset, bytes)
          changes.get(unit.whole ?? unit)?.push({ index, patch: { ...range, read } })
        }
      }
      copy.cover([...before, ...[...changes.values()].flat().map(({ patch }) => patch)])
    }
    await fetchInto(units)
    // Damage that hides behind other damage, such as a wrong byte before a missing end.
    const rest: Unit[] = []
    for (const unit of units) {
      const others = without([unit.range], mergeRanges(unit.wanted))
      if (unit.record && others.length > 0 && (await check(unit)).length > 0)
        rest.push({ ...unit, wanted: others, whole: unit })
    }
    if (rest.length > 0) await fetchInto(rest)
    const accepted: number[] = []
    for (const [unit, changed] of changes) {
      signal.throwIfAborted()
      const findings = await check(unit)
      // Headers that contradict the directory in both copies were written so.
      const isAsWritten = changed.length === 0 && findings.every(each => each.damage === 'either')
      const isLost = lost.some(range => overlap(range, unit.range))
      if (isLost || (findings.length > 0 && !isAsWritten)) {
        total.left.push(...unit.wanted)
        continue
      }
      const own = changed.map(({ patch: { start, end } }) => ({ start, end }))
      accepted.push(...changed.map(({ index }) => index))
      total.mended.push(...own)
      total.sound.push(...without(unit.wanted, mergeRanges(own)))
    }
    copy.cover(before)
    if (accepted.length === 0) await journal.drop()
    else await journal.commit(accepted)
    return total
  } catch (error) {
    copy.cover(before)
    await journal.abandon()
    throw error
  }
}

/** New bytes in the journal. */
interface Change {
  readonly index: number
  readonly patch: Patch
}

const emptyResult = (): { [key in keyof Repaired]: Range[] } => ({
  mended: [],
  sound: [],
  left: [],
})
