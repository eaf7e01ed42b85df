import { UserError } from '../errors'
import { isClassId, isLabel } from '../release/names'
import type { RejectReason } from '../release/reject-reasons'
import { foreignContent } from './foreign-content'
import type { ReleaseFile } from './release-source.node.ts'
import { repeatedKey } from './repeated-key'

/** An entry of the class map that was not accepted. */
export interface ClassReject {
  readonly reason: RejectReason
  readonly dataset: string
  /** `label: id`, as JSON. */
  readonly text: string
}

/** Dataset → class id → label; null where several labels of the dataset claim the id. */
export type ClassMap = ReadonlyMap<string, ReadonlyMap<string, string | null>>

/** Maximum bytes that are read; a class map has a few hundred KB. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Read a release's class map, `{dataset: {label: "0003", …}, …}`.
 *
 * @throws UserError if the file is not a JSON object, or has a key twice. Bad entries are returned, not thrown.
 */
export async function readClassMap(
  file: ReleaseFile,
): Promise<{ classMap: ClassMap; rejects: ClassReject[] }> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of file.open()) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new UserError(`${file.where}: too large for a class map`)
  }
  return parseClassMap(Buffer.concat(chunks), file.where)
}

/** `readClassMap` on the file's bytes. */
export function parseClassMap(
  bytes: Uint8Array,
  where: string,
): { classMap: ClassMap; rejects: ClassReject[] } {
  const json = parseJson(bytes, where)
  if (!isObject(json))
    throw new UserError(`${where}: not a class map: it must be one object of datasets`)
  const repeated = repeatedKey(bytes)
  if (repeated !== null)
    throw new UserError(
      `${where}: lists ${repeated.map(key => JSON.stringify(key)).join(' → ')} twice; remove one of them`,
    )
  const classMap = new Map<string, ReadonlyMap<string, string | null>>()
  const rejects: ClassReject[] = []
  for (const [dataset, labels] of Object.entries(json)) {
    const byId = new Map<string, string | null>()
    classMap.set(dataset, byId)
    const reject = (reason: RejectReason, text: string) => rejects.push({ reason, dataset, text })
    if (!isObject(labels)) {
      reject('bad-value', jsonOf(labels))
      continue
    }
    const claims = new Map<string, string[]>()
    for (const [label, id] of Object.entries(labels)) {
      const text = `${JSON.stringify(label)}: ${jsonOf(id)}`
      if (typeof id !== 'string') reject('bad-value', text)
      else if (!isLabel(label)) reject('bad-label', text)
      else if (!isClassId(id)) reject('bad-class-id', text)
      else claims.set(id, [...(claims.get(id) ?? []), label])
    }
    for (const [id, claimants] of claims) {
      byId.set(id, claimants.length === 1 ? (claimants[0] as string) : null)
      if (claimants.length > 1)
        for (const label of claimants)
          reject('ambiguous-class-id', `${JSON.stringify(label)}: ${JSON.stringify(id)}`)
    }
  }
  return { classMap, rejects }
}

function parseJson(bytes: Uint8Array, where: string): unknown {
  if (bytes.length === 0) throw new UserError(`${where}: the file is empty; download it again`)
  const foreign = foreignContent(bytes)
  if (foreign !== null) throw new UserError(`${where}: byte 0: this is ${foreign}`)
  try {
    // Removes a byte order mark, which JSON.parse does not accept.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    const { message } = cause as Error
    throw new UserError(`${where}: not valid JSON (${message}); download it again`, 1, { cause })
  }
}

/** Characters of a rejected value that are kept. */
const MOST_TEXT = 200

/** A value as JSON, shortened; nested too deeply to be written, it is only hinted at. */
function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value)
    return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
