import { createHash, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { UserError } from '../errors'
import { isRunning } from './is-running.node.ts'
import { processStart } from './process-start.node.ts'

/** The process that holds a lock, as recorded in the lock file. */
interface Holder {
  readonly pid: number
  /** As `processStart`. */
  readonly start: string | null
  readonly host: string
}

/** The content of a lock file. */
interface Claim {
  /** Unique to this lock file. */
  readonly token: string
  /** Null if the file does not name the holder. */
  readonly holder: Holder | null
  /** Milliseconds since the file was written. */
  readonly ageMs: number
}

const WORK = {
  fetch: { noun: 'fetch', doing: 'writing there' },
  repair: { noun: 'repair', doing: 'running' },
} as const

/** What a process locks a target for. */
export type LockedWork = keyof typeof WORK

/** An empty lock file younger than this may still be in the process of being written. */
const UNSURE_MS = 10_000

/** Maximum number of stale locks in a chain. */
const MAX_CHAIN = 1_000

/**
 * Lock a target, so that only one process writes to it.
 *
 * A lock is a file with a token. It is created by a link, so it appears with its full content or not at all.
 *
 * A stale lock, left by a process that has ended, is never removed by other processes. Removing is not an atomic
 * test-and-set: if two processes see the stale lock, the later removal would delete the new lock of the other process.
 * Instead, a process creates a successor file, named by the token of the stale lock. Only one process can create that
 * file.
 *
 * The last file of this chain names the holder. The holder removes the chain at the end, first file first. A process
 * that was about to add a successor then sees that the first file has changed, and starts again.
 *
 * @param path Path of the lock file.
 * @param target The target, for the message.
 * @param work What the process does with it, for the message.
 * @returns A function that removes the lock. The lock is also removed when the process ends.
 * @throws UserError that names the process with the lock.
 */
export async function lockPath(
  path: string,
  target: string,
  work: LockedWork,
): Promise<() => Promise<void>> {
  const token = randomUUID()
  const text = JSON.stringify({
    pid: process.pid,
    start: processStart(process.pid),
    host: hostname(),
    token,
  })
  for (;;) {
    const chain = await readChain(path)
    const last = chain.at(-1)
    if (last && isHeld(last.claim)) throw locked(path, target, work, last.claim)
    const own = last ? successor(path, last.claim) : path
    if (!(await make(own, text, token))) continue
    const files = [...chain.map(({ file }) => file), own]
    const first = await readClaim(path)
    const isFirst = first?.token === (chain[0]?.claim.token ?? token)
    // Another process has removed the chain in the meantime, and a new chain may have begun.
    if (!isFirst) {
      await rm(own, { force: true })
      continue
    }
    const removeAll = () => {
      for (const file of files) rmSync(file, { force: true })
    }
    process.once('exit', removeAll)
    return async () => {
      process.off('exit', removeAll)
      removeAll()
    }
  }
}

const successor = (path: string, { token }: Claim) => `${path}.after-${token}`

/** The lock file and its successors; empty without a lock. */
async function readChain(path: string): Promise<{ file: string; claim: Claim }[]> {
  const chain: { file: string; claim: Claim }[] = []
  for (let file = path; chain.length < MAX_CHAIN; ) {
    const claim = await readClaim(file)
    if (!claim) break
    chain.push({ file, claim })
    file = successor(path, claim)
  }
  return chain
}

async function readClaim(file: string): Promise<Claim | null> {
  try {
    const text = await readFile(file, 'utf8')
    const { ino, mtimeNs, mtimeMs } = await stat(file, { bigint: true })
    const ageMs = Date.now() - Number(mtimeMs)
    const { token, holder } = parseHolder(text)
    // A lock without a token is identified by its text, inode and modification time.
    const hash = createHash('sha256').update(`${text} ${ino} ${mtimeNs}`).digest('hex')
    return { token: token ?? hash.slice(0, 32), holder, ageMs }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Earlier versions wrote only the process id. */
function parseHolder(text: string): { token: string | null; holder: Holder | null } {
  const old = /^[1-9]\d*$/.test(text)
  if (old) return { token: null, holder: { pid: Number(text), start: null, host: hostname() } }
  try {
    const { pid, start, host, token } = JSON.parse(text)
    if (typeof token !== 'string' || !/^[\w-]{1,64}$/.test(token)) return NOBODY
    if (!Number.isSafeInteger(pid) || typeof host !== 'string') return NOBODY
    return { token, holder: { pid, start: typeof start === 'string' ? start : null, host } }
  } catch {
    return NOBODY
  }
}

const NOBODY = { token: null, holder: null }

function isHeld({ holder, ageMs }: Claim): boolean {
  if (!holder) return ageMs < UNSURE_MS
  // Processes on another machine cannot be checked, so they count as running.
  if (holder.host !== hostname()) return true
  if (!isRunning(holder.pid)) return false
  const now = processStart(holder.pid)
  return holder.start === null || now === null || holder.start === now
}

function locked(path: string, target: string, work: LockedWork, { holder }: Claim): UserError {
  const { noun, doing } = WORK[work]
  if (!holder) return new UserError(`${target}: another ${noun} is starting there; try again`)
  const { pid, host } = holder
  return new UserError(
    host === hostname()
      ? `${target}: another ${noun} (process ${pid}) is ${doing}; wait for it, or stop it`
      : `${target}: another ${noun} (process ${pid} on ${host}) is ${doing}; wait for it, or if it has ended, remove ${path}`,
  )
}

/** Create a file with a text. Returns false if the file exists. */
async function make(file: string, text: string, token: string): Promise<boolean> {
  const draft = `${file}.${token}`
  try {
    await write(draft, text)
    await link(draft, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // Some disks do not support links. There, other processes may see the file before it has its text.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(code ?? '')) throw error
    return write(file, text)
  } finally {
    await rm(draft, { force: true })
  }
}

async function write(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
