import { fileName } from '../archive/archive'
import { differences } from './compare.node.ts'
import { compareCopies } from './compare-copies.node.ts'
import type { Copy, Patch } from './copy.node.ts'
import type { Diagnosis, DoctorOptions } from './diagnosis'
import { endFindings } from './end-findings.node.ts'
import type { Layout } from './find-layout.node.ts'
import type { Finding } from './finding'
import { FindingList } from './finding-list'
import { learnHabits } from './learn-habits.node.ts'
import type { Habits } from './local'
import type { OtherCopy } from './other-copy.node.ts'
import { directoryOf, type ReadDirectory } from './prepare.node.ts'
import { bytesIn, cutAt, mergeRanges, pieces, type Range, within, without } from './ranges'
import { inOrder } from './record-order.node.ts'
import { type Repaired, repairRanges } from './repair.node.ts'
import { type PartReport, partReports } from './report'
import { finishParts, type Settled } from './settle-parts.node.ts'
import { survey } from './survey.node.ts'
import { walk } from './walk.node.ts'

/** Where the journal of a repair lies. */
export const journalOf = (location: string): string => `${location}.doctor-journal`

/** An archive whose parts and directory were found. */
export interface Examination {
  readonly location: string
  readonly layout: Layout
  readonly other: OtherCopy | null
  readonly read: ReadDirectory
  readonly copy: Copy
  readonly settled: Settled
  readonly options: DoctorOptions
}

/** Checks all entries, compares with the other copy, and mends if that is asked for. */
export async function examineCopy(examination: Examination): Promise<Diagnosis> {
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
  const replaced = await changedRanges(copy, patched)
  for (const range of replaced.filter(({ start }) => start >= tail.start))
    list.settle({ damage: 'end', name: null, ranges: [range] })
  const broken = replaced.filter(({ start }) => start < tail.start)
  for await (const finding of recordsIn(broken, records)) list.settle(finding)
  for (const finding of await endFindings(copy, layout, read.survey, tail)) list.settle(finding)
  const compared = other
    ? await compareCopies(copy, other, options, list, walked.unproved, directory, tail)
    : null
  const known = [...copy.covered, ...(compared?.known ?? [])]
  const before = list.damage
  const repaired =
    other && options.repair
      ? await mend(examination, list.suspects, habits, records, known)
      : NOTHING
  const left = options.repair && other ? mergeRanges(repaired.left) : before
  const truncated = options.repair ? await finishParts(copy, settled, left) : []
  return {
    ...summary(examination, before, left, truncated, repaired, compared?.bytes ?? 0),
    entries: walked.entries,
    files: list.files,
    isCompared: compared?.isComplete ?? null,
  }
}

/** The pieces of patched ranges that the copy has, but with other bytes. */
async function changedRanges(copy: Copy, patched: readonly Range[]): Promise<Range[]> {
  const changed: Range[] = []
  const there = without(patched, mergeRanges(copy.absent))
  const cut = there.flatMap(range => cutAt(range, copy.parts.starts))
  for (const piece of pieces(cut, 1 << 16))
    changed.push(...differences(await copy.readPlain(piece), await copy.read(piece), piece.start))
  return mergeRanges(changed)
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

const NOTHING: Repaired = { mended: [], sound: [], left: [] }

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
