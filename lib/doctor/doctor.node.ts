import { truncate } from 'node:fs/promises'
import { fileName } from '../archive/archive'
import { newCounters } from '../archive/byte-source'
import { openFileSource } from '../archive/file-source.node.ts'
import type { HttpOptions } from '../archive/http-request'
import { checkLocation, isUrl, withoutQuery } from '../archive/part-names'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { compareRanges, memoryPatch, rangesToCompare } from './compare.node.ts'
import { Copy, type Patch } from './copy.node.ts'
import { endFindings } from './end-findings.node.ts'
import { fetchPart, incompleteOf } from './fetch-part.node.ts'
import { type FoundLayout, findLayout, type Layout } from './find-layout.node.ts'
import type { Finding } from './finding'
import { FindingList } from './finding-list'
import { type IdentifiedPart, identifyParts } from './identify-parts.node.ts'
import { finishJournal, isJournalWaiting, type JournalStep } from './journal.node.ts'
import { learnHabits } from './learn-habits.node.ts'
import type { Habits } from './local'
import { lockArchive } from './lock.node.ts'
import { exists, moveFiles } from './move-files.node.ts'
import { OtherCopy } from './other-copy.node.ts'
import { provedSizes } from './part-sizes.node.ts'
import { directoryOf, noLayout, type ReadDirectory, readDirectory } from './prepare.node.ts'
import { bytesIn, mergeRanges, overlap, type Range, within } from './ranges'
import { inOrder } from './record-order.node.ts'
import { type Repaired, repairRanges } from './repair.node.ts'
import { type FileCounts, type LocatedDamage, type PartReport, partReports } from './report'
import { survey } from './survey.node.ts'
import { walk } from './walk.node.ts'

/** What the work is at, for its progress. */
export type Stage = 'directory' | 'part' | 'check' | 'compare' | 'repair'

export interface DoctorOptions {
  /** Path or URL of the `.zip` of another copy. */
  readonly from?: string
  /** Mend what can be mended; without it, no file is changed. */
  readonly repair?: boolean
  readonly http?: HttpOptions
  readonly signal: AbortSignal
  /** Told how many bytes of a stage are done, and of how many. */
  readonly onProgress: (stage: Stage, done: number, total: number) => void
  /** Told of each damaged file, in the order of the archive. */
  readonly onDamage: (damage: LocatedDamage) => void
  /** Told what a person should know besides. */
  readonly onNote: (text: string) => void
  /** Called after each step of the journal; tests stop there. */
  readonly onStep?: (step: JournalStep) => void
}

/** The result: what is wrong, and what was mended. */
export interface Diagnosis {
  /** Whether nothing is wrong, or everything was mended. */
  readonly ok: boolean
  readonly parts: readonly PartReport[]
  /** Entries of the directory that were checked. */
  readonly entries: number
  /** Damaged files. */
  readonly files: FileCounts
  /** Whether all bytes that no checksum covers were compared with the other copy; null without one. */
  readonly isCompared: boolean | null
  readonly mended: {
    readonly bytes: number
    readonly ranges: number
    readonly parts: readonly string[]
  }
  /** Bytes that stay damaged. */
  readonly leftBytes: number
  /** What was read from the other copy. */
  readonly fetched: {
    readonly bytes: number
    readonly requests: number
    /** Of these bytes, those that were compared although nothing seemed wrong, or to decide what is. */
    readonly comparedBytes: number
  }
}

export const journalOf = (location: string): string => `${location}.doctor-journal`

/**
 * Examines a downloaded archive, and mends it from another copy. Every byte is read once. Nothing is changed
 * without `repair`; with it, a file is only changed once its new bytes are checked and stored durably.
 *
 * @param location Path of the `.zip`; the parts of a split archive lie beside it.
 * @throws UserError if the archive cannot be examined: it is not there, or has no usable directory and there is
 *   no other copy; if the other copy is another archive; if another repair is running.
 */
export async function doctor(location: string, options: DoctorOptions): Promise<Diagnosis> {
  if (isUrl(location))
    throw new UserError(
      `${location}: is not on this machine; give the path of the downloaded .zip`,
      2,
    )
  checkLocation(location)
  if (!options.repair) return examineArchive(location, options)
  const unlock = await lockArchive(`${location}.doctor-lock`, location)
  try {
    const written = await finishJournal(journalOf(location))
    if (written !== null && written > 0)
      options.onNote(`finished an interrupted repair: ${formatCount(written)} bytes written`)
    return await examineArchive(location, options)
  } finally {
    await unlock()
  }
}

async function examineArchive(location: string, options: DoctorOptions): Promise<Diagnosis> {
  if (!options.repair && (await isJournalWaiting(journalOf(location))))
    options.onNote('a repair was interrupted; run the command with --repair to finish it')
  const { from, http, signal } = options
  let local = await findLayout(location)
  const other =
    from === undefined
      ? null
      : await OtherCopy.open(from, local instanceof UserError ? null : local.count, {
          signal,
          ...(http && { http }),
        })
  try {
    if (local instanceof UserError && !other) throw noLayout(location, local)
    if (local instanceof UserError && other && options.repair)
      local = await fetchLast(location, local, other, options)
    const found = local instanceof UserError ? null : local
    const layout = found ?? (await (other as OtherCopy).layout())
    if (found && other) await assertSame(found, other)
    return await examine(location, layout, found, other, options)
  } finally {
    await other?.close()
  }
}

/** Fetches the last part, with the directory, if no file has its name; then looks for the end again. */
async function fetchLast(
  location: string,
  reason: UserError,
  other: OtherCopy,
  options: DoctorOptions,
): Promise<FoundLayout | UserError> {
  if (await exists(location)) return reason
  await fetchWhole(other, other.parts.sources.length - 1, location, options)
  return findLayout(location)
}

const fetchWhole = (other: OtherCopy, part: number, home: string, options: DoctorOptions) =>
  fetchPart(other, part, home, {
    onBytes: done => options.onProgress('part', done, other.parts.source(part).size),
    signal: options.signal,
  })

/** @throws UserError if the other copy is another archive. */
async function assertSame(local: FoundLayout, other: OtherCopy): Promise<void> {
  const last = other.parts.source(local.count - 1)
  if (last.size === local.lastBytes) {
    const length = local.lastBytes - local.endOffset
    const theirs = await last.read(local.endOffset, length)
    const file = await openFileSource(local.path, newCounters())
    try {
      if (Buffer.compare(await file.read(local.endOffset, length), theirs) === 0) return
    } finally {
      await file.close()
    }
  }
  const { count, end } = await other.layout().catch(cause => {
    throw new UserError(`--from ${(cause as Error).message}; is it another archive?`, 1, { cause })
  })
  const { directory, directoryBytes } = local.end
  if (
    count !== local.count ||
    end.directoryBytes !== directoryBytes ||
    end.directory.part !== directory.part ||
    end.directory.offset !== directory.offset
  )
    throw new UserError(
      `--from ${withoutQuery(other.location)}: is another archive: its directory has ${formatCount(end.entries)} entries, ${formatCount(local.end.entries)} expected; give the place of the same archive`,
    )
}

async function examine(
  location: string,
  layout: Layout,
  local: FoundLayout | null,
  other: OtherCopy | null,
  options: DoctorOptions,
): Promise<Diagnosis> {
  const { signal } = options
  const read = await readDirectory(location, layout, local, other, {
    onBytes: done => options.onProgress('directory', done, layout.end.directoryBytes),
    signal,
  })
  const settled = await settleParts(location, layout, local, read, other, options)
  const copy = await openSettled(settled.files, layout, read, other, local)
  try {
    return await examineCopy({ location, layout, local, other, read, copy, settled, options })
  } finally {
    await copy.close()
  }
}

/** Which file is which part, after what could be mended by names and whole downloads. */
interface Settled {
  readonly files: readonly IdentifiedPart[]
  /** The parts as they were found. */
  readonly before: readonly IdentifiedPart[]
  /** Parts that were fetched whole; they get their names when they are checked. */
  readonly fetched: ReadonlySet<number>
  readonly renamed: readonly string[]
}

/** A part whose file has nothing of it is as if it were missing; the file is kept until it is replaced. */
const withoutForeign = (file: IdentifiedPart): IdentifiedPart =>
  NOT_THERE.includes(file.state) ? { ...file, path: null } : file

const NOT_THERE = ['missing', 'foreign', 'zeros', 'duplicate']

async function settleParts(
  location: string,
  layout: Layout,
  local: FoundLayout | null,
  { survey: { samples } }: ReadDirectory,
  other: OtherCopy | null,
  options: DoctorOptions,
): Promise<Settled> {
  const before = (await identifyParts(location, layout.count, samples, local)).map(withoutForeign)
  if (!options.repair) return { files: before, before, fetched: new Set(), renamed: [] }
  const moved = before.filter(
    ({ home, path, state }) => state === 'renamed' && path !== incompleteOf(home),
  )
  const replaced = await moveFiles(moved.map(({ home, path }) => ({ from: path ?? '', to: home })))
  for (const path of replaced)
    options.onNote(`${path}: was in the place of another part; it is kept under this name`)
  const fetched = new Set<number>()
  const files: IdentifiedPart[] = []
  for (const [part, file] of before.entries()) {
    const isBegun = file.path === incompleteOf(file.home)
    if (other && (isBegun || NOT_THERE.includes(file.state)) && !other.missing.has(part)) {
      await fetchWhole(other, part, file.home, options)
      fetched.add(part)
      files.push({ ...file, path: incompleteOf(file.home), bytes: other.parts.source(part).size })
    } else files.push(moved.includes(file) ? { ...file, path: file.home } : file)
  }
  return { files, before, fetched, renamed: moved.map(({ home }) => fileName(home)) }
}

/** The copy with the sizes that its parts must have, and the directory of the other copy over damaged bytes. */
async function openSettled(
  files: readonly IdentifiedPart[],
  layout: Layout,
  { survey: found, patches }: ReadDirectory,
  other: OtherCopy | null,
  local: FoundLayout | null,
): Promise<Copy> {
  const plain = await Copy.open(
    files,
    files.map(({ path, bytes }) => (path === null ? 0 : bytes)),
  )
  let sizes: number[]
  try {
    const { extraBytes } = await learnHabits(plain, found.samples.values())
    const proved = await provedSizes(plain, layout, found, extraBytes)
    sizes = proved.map((size, part) => other?.sizes[part] ?? size)
  } finally {
    await plain.close()
  }
  // Bytes behind the end record belong to no archive; without one, the other copy has the size.
  sizes[layout.count - 1] = local ? local.lastBytes : layout.lastBytes
  other?.align(sizes)
  const copy = await Copy.open(files, sizes)
  copy.cover(
    patches.map(({ part, offset, bytes }) =>
      memoryPatch(copy.parts.position({ part, offset }), bytes),
    ),
  )
  return copy
}

interface Examination {
  readonly location: string
  readonly layout: Layout
  readonly local: FoundLayout | null
  readonly other: OtherCopy | null
  readonly read: ReadDirectory
  readonly copy: Copy
  readonly settled: Settled
  readonly options: DoctorOptions
}

async function examineCopy(examination: Examination): Promise<Diagnosis> {
  const { layout, other, read, copy, settled, options } = examination
  const { signal } = options
  const { directory, tail } = directoryOf(copy, layout)
  const nameOf = (part: number) => fileName(settled.files[part]?.home ?? '')
  const list = new FindingList(copy.parts, nameOf, other !== null, options.onDamage)
  const habits = await learnHabits(copy, read.survey.samples.values())
  const patched = mergeRanges(copy.covered)
  const records = () => inOrder(copy.parts, directory, read.survey.isOrdered)
  const walked = await walk(copy, records(), {
    habits,
    end: directory.start,
    broken: read.survey.broken,
    onFinding: finding => list.add(finding),
    onProgress: position => options.onProgress('check', position, copy.parts.size),
    signal,
  })
  for (const range of copy.absentIn({ start: directory.start, end: tail.end }))
    list.settle({ damage: 'missing', name: null, ranges: [range] })
  const replaced = patched.filter(each => copy.absentIn(each).length === 0)
  for (const range of replaced.filter(({ start }) => start >= tail.start))
    list.settle({ damage: 'end', name: null, ranges: [range] })
  const broken = replaced.filter(({ start }) => start < tail.start)
  for await (const finding of recordsIn(broken, records)) list.settle(finding)
  for (const finding of await endFindings(copy, layout, read.survey, tail)) list.settle(finding)
  const compared = other
    ? await compareCopies(examination, list, walked.unproved, directory, tail)
    : null
  const known = [...copy.covered, ...(compared?.known ?? [])]
  const before = list.damage
  const repaired =
    other && options.repair
      ? await mend(examination, list.suspects, habits, records, known)
      : NOTHING
  const left = options.repair && other ? mergeRanges(repaired.left) : before
  const truncated = options.repair ? await finishParts(examination, left) : []
  return {
    ...summary(examination, before, left, truncated, repaired, compared?.bytes ?? 0),
    entries: walked.entries,
    files: list.files,
    isCompared: compared?.isComplete ?? null,
  }
}

/** Findings of ranges of the directory that were taken from the other copy: one for each record in them. */
async function* recordsIn(
  broken: readonly Range[],
  records: () => ReturnType<typeof inOrder>,
): AsyncGenerator<Finding> {
  if (broken.length === 0) return
  for await (const batch of records())
    for (const record of batch) {
      const ranges = within(broken, record)
      if (ranges.length > 0) yield { damage: 'directory', name: record.entry.name, ranges }
    }
}

/** Differences of an entry with fewer equal bytes between them are mended together. */
const NEAR_BYTES = 4096

const NOTHING: Repaired = { mended: [], sound: [], left: [] }

/** Compares what no checksum covers, and decides findings that allow several explanations. */
async function compareCopies(
  { copy, other, options }: Examination,
  list: FindingList,
  unproved: readonly Range[] | null,
  directory: Range,
  tail: Range,
) {
  if (!other) return null
  const behind = { start: directory.start, end: tail.end }
  const bytesBefore = other.counters.bytes
  const { ranges, isComplete } = rangesToCompare(unproved, behind, copy.parts.size, other.isRemote)
  const taken = mergeRanges([...copy.covered, ...copy.absentIn({ start: 0, end: tail.end })])
  const there = (range: Range) =>
    !other.missing.has(other.parts.place(range.start).part) && within(taken, range).length === 0
  const both = mergeRanges([...ranges, tail])
    .flatMap(range => other.byPart(range))
    .filter(there)
  const total = bytesIn(both)
  const { differs, known: compared } = await compareRanges(copy, other, both, {
    onBytes: done => options.onProgress('compare', done, total),
    signal: options.signal,
  })
  const known = [...compared]
  const undecided = [...list.undecided]
  for (const finding of undecided) {
    const own = [...finding.ranges, ...(finding.suspects ?? [])].flatMap(range =>
      other.byPart(range),
    )
    if (!own.every(there)) {
      list.settle(finding)
      continue
    }
    const result = await compareRanges(copy, other, mergeRanges(own), {
      onBytes: () => {},
      signal: options.signal,
    })
    known.push(...result.known)
    // Both copies say the same: so it was written, unless the data are damaged in both.
    if (result.differs.length === 0) {
      if (finding.damage !== 'either') list.settle({ ...finding, suspects: [] })
      continue
    }
    // Differences that are near each other count as one; they never reach over the end of a part.
    const damaged = own.flatMap(range => within(mergeRanges(result.differs, NEAR_BYTES), range))
    const isRecord = damaged.every(({ start }) => start >= directory.start)
    const decided = isRecord ? 'record' : 'header'
    const { localName, ...rest } = finding
    list.settle({
      ...rest,
      ...(isRecord && localName !== undefined && { name: localName }),
      damage: finding.damage === 'either' ? decided : finding.damage,
      ranges: damaged,
      suspects: [],
    })
  }
  const found = list.damage
  for (const range of differs)
    if (!found.some(each => overlap(each, range)))
      list.settle({ damage: 'differs', name: null, ranges: [range] })
  return { known, isComplete, bytes: other.counters.bytes - bytesBefore }
}

async function mend(
  { location, layout, other, copy, options }: Examination,
  damage: readonly Range[],
  habits: Habits,
  records: () => ReturnType<typeof inOrder>,
  known: readonly Patch[],
): Promise<Repaired> {
  const { directory, tail } = directoryOf(copy, layout)
  const total = bytesIn(damage)
  return repairRanges(
    {
      copy,
      other: other as OtherCopy,
      habits,
      directory,
      records,
      known,
      journal: journalOf(location),
      checkDirectory: async () =>
        endFindings(copy, layout, await survey(copy.parts, directory), tail),
      onBytes: done => options.onProgress('repair', done, total),
      onStep: options.onStep ?? (() => {}),
      signal: options.signal,
    },
    damage,
  )
}

/** Gives parts that were fetched whole their names, and cuts parts that are too long, if nothing is wrong in them. */
async function finishParts(
  { copy, settled }: Examination,
  left: readonly Range[],
): Promise<string[]> {
  const { starts } = copy.parts
  const isSound = (part: number) =>
    within(left, { start: starts[part] ?? 0, end: starts[part + 1] ?? 0 }).length === 0
  const truncated: string[] = []
  for (const [part, { home, path, bytes }] of settled.files.entries()) {
    const size = copy.parts.source(part).size
    if (path === null || bytes <= size || !isSound(part)) continue
    await truncate(path, size)
    truncated.push(fileName(home))
  }
  const moves = [...settled.fetched]
    .filter(isSound)
    .map(part => settled.files[part]?.home ?? '')
    .map(home => ({ from: incompleteOf(home), to: home }))
  await moveFiles(moves)
  return truncated
}

function summary(
  { copy, settled, other, options }: Examination,
  before: readonly Range[],
  left: readonly Range[],
  truncated: readonly string[],
  repaired: Repaired,
  comparedBytes: number,
): Pick<Diagnosis, 'ok' | 'parts' | 'mended' | 'leftBytes' | 'fetched'> {
  const parts = partReports(settled.before, copy.parts, before, fileName)
  const isWrongPart = ({ state, bytes, expectedBytes }: PartReport) =>
    state !== 'home' || (bytes ?? 0) !== expectedBytes
  const isMended = ({ name }: PartReport, part: number) =>
    options.repair === true &&
    (truncated.includes(name) ||
      settled.renamed.includes(name) ||
      settled.fetched.has(part) ||
      ((parts[part]?.bytes ?? 0) < (parts[part]?.expectedBytes ?? 0) && left.length === 0))
  const wrong = parts.filter((report, part) => isWrongPart(report) && !isMended(report, part))
  const mendedParts = parts.filter((report, part) => isWrongPart(report) && isMended(report, part))
  const mended = mergeRanges(repaired.mended)
  return {
    ok: wrong.length === 0 && left.length === 0,
    parts,
    mended: {
      bytes: bytesIn(mended),
      ranges: mended.length,
      parts: mendedParts.map(({ name }) => name),
    },
    leftBytes: bytesIn(left),
    fetched: {
      bytes: other?.counters.bytes ?? 0,
      requests: other?.counters.requests ?? 0,
      comparedBytes,
    },
  }
}
