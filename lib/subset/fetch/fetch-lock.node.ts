import { createHash, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { link, open, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { UserError } from '../../errors'
import { isRunning } from '../../store/is-running.node.ts'
import { processStart } from '../../store/process-start.node.ts'

/** Who holds a lock, as the lock file has it. */
interface Holder {
  readonly pid: number
  /** As `processStart`. */
  readonly start: string | null
  readonly host: string
}

/** A lock file, read. */
interface Claim {
  /** Unlike that of any other lock file. */
  readonly token: string
  /** Null if the file does not say it. */
  readonly holder: Holder | null
  /** Milliseconds since it was written. */
  readonly ageMs: number
}

/** Another process may be writing a lock file that says nothing yet. */
const UNSURE_MS = 10_000

/** Locks that processes left one after the other before one ended well. */
const MAX_CHAIN = 1_000

/**
 * Lock a target, so that only one fetch writes to it.
 *
 * A lock is a file with a token, made by a link: all of it is there at once, or nothing. The lock of a process that has
 * ended is not removed by others, which would be no test-and-set: two could see the old one, and the later would remove
 * the new lock of the other. It is succeeded by a file named by its token, which only one process can make. The last
 * file of this chain tells who holds the lock. Whoever holds it removes all of the chain in the end, the first file
 * first; a process that was about to succeed then sees that the first file has changed, and starts again.
 *
 * @param path Path of the lock file.
 * @param out The target, for the message.
 * @returns A function that removes the lock. The end of the process removes it too.
 * @throws UserError that names the process with the lock.
 */
export async function lockFetch(path: string, out: string): Promise<() => Promise<void>> {
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
    if (last && isHeld(last.claim)) throw locked(path, out, last.claim)
    const own = last ? successor(path, last.claim) : path
    if (!(await make(own, text, token))) continue
    const files = [...chain.map(({ file }) => file), own]
    const first = await readClaim(path)
    const isFirst = first?.token === (chain[0]?.claim.token ?? token)
    // Another process has removed the chain meanwhile, and somebody may have begun a new one.
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

/** The lock file and those that succeed it; empty without a lock. */
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
    // A lock without a token is told by what the disk says of its file.
    const hash = createHash('sha256').update(`${text} ${ino} ${mtimeNs}`).digest('hex')
    return { token: token ?? hash.slice(0, 32), holder, ageMs }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Earlier versions wrote only the number of the process. */
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
  // Nothing is known about processes of another machine.
  if (holder.host !== hostname()) return true
  if (!isRunning(holder.pid)) return false
  const now = processStart(holder.pid)
  return holder.start === null || now === null || holder.start === now
}

function locked(path: string, out: string, { holder }: Claim): UserError {
  if (!holder) return new UserError(`${out}: another fetch is starting there; try again`)
  const { pid, host } = holder
  return new UserError(
    host === hostname()
      ? `${out}: another fetch (process ${pid}) is writing there; wait for it, or stop it`
      : `${out}: another fetch (process ${pid} on ${host}) is writing there; wait for it, or if it has ended, remove ${path}`,
  )
}

/** Make a file with a text, unless it exists: false then. */
async function make(file: string, text: string, token: string): Promise<boolean> {
  const draft = `${file}.${token}`
  try {
    await write(draft, text)
    await link(draft, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // Some disks have no links; there, a file may be seen before it has its text.
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
