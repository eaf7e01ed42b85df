import { IN_ZIP64_32, SIGNATURE, u16, u32, u64, zip64At } from '../archive/fields'
import { LOCAL_BYTES, localLength } from '../archive/local-header'
import type { DirectoryRecord } from './records.node.ts'

/** What a local header and the directory both say of an entry. */
export type Field =
  | 'signature'
  | 'version'
  | 'flags'
  | 'method'
  | 'time'
  | 'CRC-32'
  | 'packed size'
  | 'size'
  | 'name'
  | 'extra fields'

/** The numbers that data are checked with. */
export interface Numbers {
  readonly method: number
  readonly crc32: number
  readonly compressedBytes: number
  readonly bytes: number
}

/** Whether two records say the same of the data. */
export const same = (a: Numbers, b: Numbers): boolean =>
  a.method === b.method &&
  a.crc32 === b.crc32 &&
  a.compressedBytes === b.compressedBytes &&
  a.bytes === b.bytes

export interface LocalHeader {
  /** Bytes from its start to the data. */
  readonly length: number
  /** Null if they only follow the data, in a data descriptor. */
  readonly numbers: Numbers | null
  readonly nameBytes: number
  /** The ids and sizes of the extra fields, such as "5455:9 7875:11"; null if they do not fill their length. */
  readonly shape: string | null
}

/** What is the same in all local headers of an archive, as far as a sample tells. */
export interface Habits {
  /** Fields that the sampled headers repeat from the directory. */
  readonly repeated: ReadonlySet<Field>
  /** The shape of the extra fields of all sampled headers; null if it differs between them. */
  readonly shape: string | null
  /** Bytes of extra fields in most headers; null without a sample. */
  readonly extraBytes: number | null
}

const DATA_DESCRIPTOR = 0x0008

/** Ids of extra fields: Zip64 sizes, times, and Unix owner. */
const ZIP64 = 0x0001
const TIMES = 0x5455
const OWNER = 0x7875

/** @param bytes From the start of the header to its data, or at least `LOCAL_BYTES`. */
export function parseLocal(bytes: Uint8Array): LocalHeader {
  const nameBytes = u16(bytes, 26)
  const length = localLength(bytes)
  const flags = u16(bytes, 6)
  let [compressedBytes, size] = [u32(bytes, 18), u32(bytes, 22)]
  const isComplete = bytes.length >= length
  if (isComplete && (compressedBytes === IN_ZIP64_32 || size === IN_ZIP64_32)) {
    const at = zip64At(bytes, LOCAL_BYTES + nameBytes, length, 16)
    if (at >= 0) [size, compressedBytes] = [u64(bytes, at), u64(bytes, at + 8)]
  }
  const crc32 = u32(bytes, 14)
  const follows = (flags & DATA_DESCRIPTOR) !== 0 && crc32 === 0
  return {
    length,
    numbers: follows ? null : { method: u16(bytes, 8), crc32, compressedBytes, bytes: size },
    nameBytes,
    shape: isComplete
      ? shapeOf(extraBlocks(bytes.subarray(LOCAL_BYTES + nameBytes, length)))
      : null,
  }
}

/**
 * The fields in which a local header differs from the record of its entry. Numbers that follow the data are
 * not compared, nor extra fields that only one of the two has.
 *
 * @param bytes From the start of the header to its data, or fewer if the archive ends before.
 */
export function differences(
  bytes: Uint8Array,
  local: LocalHeader,
  { entry, version, flags, time, name, extra }: DirectoryRecord,
): Set<Field> {
  const found = new Set<Field>()
  const check = (field: Field, isEqual: boolean) => {
    if (!isEqual) found.add(field)
  }
  check('signature', u32(bytes, 0) === SIGNATURE.local)
  check('version', u16(bytes, 4) === version)
  check('flags', u16(bytes, 6) === flags)
  check('method', u16(bytes, 8) === entry.method)
  check('time', u32(bytes, 10) === time)
  if (local.numbers) {
    check('CRC-32', local.numbers.crc32 === entry.crc32)
    check('packed size', local.numbers.compressedBytes === entry.compressedBytes)
    check('size', local.numbers.bytes === entry.bytes)
  } else {
    // They may be repeated here or left out; anything else is damage.
    check('packed size', [0, IN_ZIP64_32, entry.compressedBytes].includes(u32(bytes, 18)))
    check('size', [0, IN_ZIP64_32, entry.bytes].includes(u32(bytes, 22)))
  }
  const here = bytes.subarray(LOCAL_BYTES, LOCAL_BYTES + local.nameBytes)
  check('name', here.length === name.length && name.every((byte, i) => byte === here[i]))
  check(
    'extra fields',
    local.shape !== null &&
      agree(extraBlocks(bytes.subarray(LOCAL_BYTES + local.nameBytes, local.length)), extra),
  )
  return found
}

/** Whether the extra fields that both have say the same. */
function agree(local: Map<number, Uint8Array> | null, extra: Uint8Array): boolean {
  const listed = extraBlocks(extra)
  if (!local || !listed) return false
  for (const [id, there] of listed) {
    const here = local.get(id)
    if (!here || id === ZIP64) continue
    // The directory has the time of change, which is the first in the local header.
    const isEqual =
      id === TIMES
        ? equal(here.subarray(0, there.length), there)
        : id !== OWNER || equal(here, there)
    if (!isEqual) return false
  }
  return true
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Extra fields by id; null if they do not fill the bytes exactly, or repeat an id. */
function extraBlocks(bytes: Uint8Array): Map<number, Uint8Array> | null {
  const blocks = new Map<number, Uint8Array>()
  let at = 0
  while (at + 4 <= bytes.length) {
    const [id, size] = [u16(bytes, at), u16(bytes, at + 2)]
    if (at + 4 + size > bytes.length || blocks.has(id)) return null
    blocks.set(id, bytes.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return at === bytes.length ? blocks : null
}

const shapeOf = (blocks: Map<number, Uint8Array> | null): string | null =>
  blocks && [...blocks].map(([id, bytes]) => `${id.toString(16)}:${bytes.length}`).join(' ')

/**
 * What is the same in sampled headers. A field counts as repeated if at most a quarter of them differ in it:
 * some of them may be damaged, and some programs write another version or other flags in the directory.
 */
export function habitsOf(
  samples: readonly {
    readonly differs: ReadonlySet<Field>
    readonly shape: string | null
    readonly extraBytes: number
  }[],
): Habits {
  const fields: readonly Field[] = [
    'signature',
    'version',
    'flags',
    'method',
    'time',
    'CRC-32',
    'packed size',
    'size',
    'name',
    'extra fields',
  ]
  const most = samples.length / 4
  // Numbers, method and name are repeated by every program; others only as far as the sample tells.
  const isSure = (field: Field) =>
    ['signature', 'method', 'CRC-32', 'packed size', 'size', 'name'].includes(field)
  const common = mostCommon(samples.map(({ shape }) => shape))
  return {
    repeated: new Set(
      fields.filter(
        field =>
          isSure(field) || samples.filter(({ differs }) => differs.has(field)).length <= most,
      ),
    ),
    shape: common && samples.length >= 8 && common[1] >= samples.length * 0.9 ? common[0] : null,
    extraBytes: mostCommon(samples.map(({ extraBytes }) => extraBytes))?.[0] ?? null,
  }
}

/** The most common value, and how often it occurs. */
function mostCommon<Value>(values: readonly Value[]): [Value, number] | undefined {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]
}
