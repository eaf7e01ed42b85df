import { open } from 'node:fs/promises'
import { withoutQuery } from '../lib/archive/part-names'
import { command } from '../lib/command-name.node.ts'
import type { Diagnosis, Stage } from '../lib/doctor/diagnosis'
import { doctor as examine } from '../lib/doctor/doctor.node.ts'
import { DAMAGE } from '../lib/doctor/finding'
import type { PartReport } from '../lib/doctor/report'
import { damageText, type LocatedDamage } from '../lib/doctor/report'
import { UserError } from '../lib/errors'
import { countOf, formatBytes, formatCount } from '../lib/format'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { progressOf } from './progress'

export interface DoctorCommandOptions {
  readonly from?: string
  readonly repair?: boolean
  /** File for a line per damaged file. */
  readonly list?: string
  readonly json?: boolean
}

/** Damaged files that are printed; `--list` writes all. */
const SHOWN = 20
/** Damaged files that `--json` names. */
const IN_JSON = 1000
/** Damaged ranges of a part that are printed. */
const SHOWN_RANGES = 5

const LABELS: Record<Stage, string> = {
  directory: 'Reading the directory',
  part: 'Fetching a part',
  check: 'Checking',
  compare: 'Comparing',
  repair: 'Mending',
}

/**
 * `samed2d doctor`: says what is wrong with a downloaded archive, and mends it from another copy.
 *
 * @throws UserError if damage is left.
 */
export async function doctor(
  location: string,
  { from, repair = false, list, json = false }: DoctorCommandOptions,
  effects: Effects,
): Promise<void> {
  if (repair && from === undefined)
    effects.log('Without --from, only names and lengths of parts can be mended, not damaged bytes.')
  const named: LocatedDamage[] = []
  let damaged = 0
  const lines = list === undefined ? null : await listWriter(list)
  const diagnosis = await examine(location, {
    ...(from !== undefined && { from }),
    repair,
    signal: effects.signal,
    onProgress: stageProgress(effects),
    onDamage: damage => {
      damaged++
      if (named.length < IN_JSON) named.push(damage)
      lines?.add(damageText(damage))
    },
    onNote: text => effects.log(text),
  }).finally(() => lines?.close())
  effects.write(
    json
      ? jsonText({ archive: location, ...diagnosis, damage: named, damageCount: damaged })
      : inWords(location, diagnosis, named, damaged, { from, repair }),
  )
  if (!diagnosis.ok) throw new UserError(failure(location, diagnosis, { from, repair }))
}

/** One progress line for each stage; a part that is fetched begins a new one. */
function stageProgress(effects: Effects) {
  let current: { stage: Stage; update: ReturnType<typeof progressOf>; done: number } | null = null
  return (stage: Stage, done: number, total: number) => {
    if (current?.stage !== stage || done < current.done)
      current = {
        stage,
        update: progressOf(effects, { label: LABELS[stage], unit: 'MB', scale: 1e6 }),
        done,
      }
    current.done = done
    current.update(done, total)
  }
}

/** Writes lines to a file in the order in which they come. */
async function listWriter(path: string) {
  const file = await open(path, 'w').catch(cause => {
    throw new UserError(`--list ${path}: cannot be written (${cause.message})`, 1, { cause })
  })
  const stream = file.createWriteStream()
  let failed: Error | null = null
  stream.on('error', error => {
    failed = error
  })
  stream.write('file\tdamage\tpart\toffset\tbytes\n')
  return {
    add: (line: string) => void stream.write(`${line}\n`),
    async close() {
      await new Promise<void>(resolve => stream.end(() => resolve()))
      if (failed)
        throw new UserError(`--list ${path}: cannot be written (${failed.message})`, 1, {
          cause: failed,
        })
    },
  }
}

interface Asked {
  readonly from: string | undefined
  readonly repair: boolean
}

function failure(location: string, { leftBytes, files }: Diagnosis, { from, repair }: Asked) {
  const { images, masks, others } = files
  const what =
    leftBytes > 0
      ? `${formatBytes(leftBytes)} damaged, in ${countOf(images, 'image')}, ${countOf(masks, 'mask')} and ${countOf(others, 'other file')}`
      : 'parts have wrong names or lengths'
  const next = repair
    ? from === undefined
      ? 'give another copy with --from'
      : 'the other copy has no sound bytes for them; give another one with --from'
    : `mend it: ${command('doctor', location, '--from', shownSource(from), '--repair')}`
  return `${location}: ${what}; ${next}`
}

/** The other copy, for a printed command; a query may be secret. */
const shownSource = (from: string | undefined) =>
  from === undefined || withoutQuery(from) !== from ? 'URL' : from

function inWords(
  location: string,
  diagnosis: Diagnosis,
  named: readonly LocatedDamage[],
  damaged: number,
  asked: Asked,
): string {
  const { parts, entries, files, isCompared, mended, leftBytes, fetched } = diagnosis
  const lines = parts.flatMap(partLines)
  for (const damage of named.slice(0, SHOWN)) lines.push(`  ${damageLine(damage)}`)
  if (damaged > SHOWN)
    lines.push(`  and ${formatCount(damaged - SHOWN)} more; --list FILE writes all of them`)
  const { images, masks, others } = files
  lines.push(
    `${location}: ${countOf(parts.length, 'part')}, ${countOf(entries, 'file')}; damaged: ${countOf(images, 'image')}, ${countOf(masks, 'mask')}, ${countOf(others, 'other file')}`,
  )
  if (isCompared === false)
    lines.push(
      'Not compared with the other copy: bytes that no checksum covers (docs/doctor.md, “What cannot be seen”)',
    )
  if (asked.from !== undefined)
    lines.push(
      `Read from the other copy: ${formatBytes(fetched.bytes)} in ${countOf(fetched.requests, 'read')}`,
    )
  if (asked.repair)
    lines.push(
      `Mended: ${formatBytes(mended.bytes)} in ${countOf(mended.ranges, 'range')}${mended.parts.length > 0 ? `, and ${mended.parts.join(', ')}` : ''}; left: ${formatBytes(leftBytes)}`,
    )
  return `${lines.join('\n')}\n`
}

const damageLine = ({ name, localName, damage, part, offset, bytes, fields }: LocatedDamage) =>
  `${name ?? 'no file'}${localName === null ? '' : ` (or ${localName})`}: ${DAMAGE[damage]}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}, ${part}, ${countOf(bytes, 'byte')} at ${formatCount(offset)}`

function partLines(part: PartReport): string[] {
  const lines = [`${part.name}: ${stateText(part)}`]
  for (const { offset, bytes } of part.ranges.slice(0, SHOWN_RANGES))
    lines.push(`  ${countOf(bytes, 'byte')} at ${formatCount(offset)}`)
  if (part.rangeCount > SHOWN_RANGES)
    lines.push(`  and ${formatCount(part.rangeCount - SHOWN_RANGES)} more ranges`)
  return lines
}

function stateText({
  state,
  foundAs,
  bytes,
  expectedBytes,
  damagedBytes,
  rangeCount,
}: PartReport): string {
  const said: string[] = []
  if (state === 'missing') said.push('missing')
  if (state === 'renamed') said.push(`its content is in ${foundAs}`)
  if (state === 'duplicate') said.push('has the content of another part')
  if (state === 'foreign') said.push('has nothing of this archive')
  if (state === 'zeros') said.push('is filled with zeros')
  if (bytes !== null && expectedBytes !== null && bytes < expectedBytes)
    said.push(`${formatCount(expectedBytes - bytes)} bytes too short`)
  if (bytes !== null && expectedBytes !== null && bytes > expectedBytes)
    said.push(`${formatCount(bytes - expectedBytes)} bytes too long`)
  if (damagedBytes > 0 && state !== 'missing')
    said.push(`${formatCount(damagedBytes)} bytes damaged in ${countOf(rangeCount, 'range')}`)
  return said.length > 0 ? said.join('; ') : 'ok'
}
