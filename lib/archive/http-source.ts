import { UserError } from '../errors'
import { type ByteSource, checkRange } from './byte-source'
import type { Asked } from './http-answer'
import { type Answer, type HttpClient, requestRange } from './http-request'
import { NetworkError } from './network-error'
import { Redirect } from './redirect'
import { delayBefore, ExpiredFault, formatMs, PassingFault } from './retry'
import { type KnownFile, knownFile, OtherTagFault, ServerTags } from './validators'
import type { WaitBudget } from './wait-budget'

/** A source over HTTP. */
export interface HttpSource extends ByteSource {
  /** The state of the file that is read. */
  readonly known: KnownFile
  /**
   * As `read`, into the given bytes.
   *
   * @param onBytes Called after each chunk with the number of bytes that are filled from the start.
   */
  readInto(
    offset: number,
    bytes: Uint8Array,
    onBytes: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void>
}

/**
 * A file on an http(s) server as a source, read by Range requests. The first request reads the size and the
 * validators, and checks that the server supports ranges. After a redirect, later requests go to its target
 * until that expires, then one request goes to the original URL again, for all readers.
 *
 * @throws UserError that says why the file cannot be read.
 */
export async function openHttpSource(
  url: string,
  client: HttpClient,
  signal?: AbortSignal,
): Promise<HttpSource> {
  const name = withoutQuery(url)
  const opening: State = { name, client, redirect: new Redirect(url), known: null, tags: null }
  const first = await persist(opening, 0, new Uint8Array(1), () => {}, signal)
  if (first.size === null)
    throw new UserError(
      `${name}: the server does not say how large the file is (Content-Range …/*)`,
    )
  const known = knownFile(first, first.size)
  const state: State = { ...opening, known, tags: new ServerTags(name, known) }
  const source: HttpSource = {
    name,
    size: first.size,
    isRemote: true,
    known,
    async readInto(offset, bytes, onBytes, signal) {
      checkRange(source, offset, bytes.length)
      if (bytes.length > 0) await persist(state, offset, bytes, onBytes, signal)
    },
    async read(offset, length, signal) {
      checkRange(source, offset, length)
      const bytes = new Uint8Array(length)
      await source.readInto(offset, bytes, () => {}, signal)
      return bytes
    },
    async close() {},
  }
  return source
}

/** A try that brings at least so many bytes does not count as failed. With fewer, retries might never end. */
const PROGRESS = 1 << 16

/** Broken connections in a row after which the redirect is asked for again: its target may be gone. */
const TARGET_TRIES = 2

/** Expired URLs in one read that bring nothing; more mean that the server hands out URLs that do not work. */
const MAX_EXPIRED = 20

interface State {
  /** For messages. */
  readonly name: string
  readonly client: HttpClient
  readonly redirect: Redirect
  /** Null while the file is being opened. */
  readonly known: KnownFile | null
  readonly tags: ServerTags | null
}

/** How often a read has failed in a row without bringing bytes, by kind of fault. */
interface Failures {
  answers: number
  connections: number
  expired: number
}

/** Fills `bytes` from `offset` on. After a fault it continues where it stopped, as long as tries bring bytes. */
async function persist(
  state: State,
  offset: number,
  bytes: Uint8Array,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<Answer> {
  const { client, redirect, tags } = state
  const budget = client.budget()
  const failures: Failures = { answers: 0, connections: 0, expired: 0 }
  for (let done = 0; ; ) {
    const before = done
    const turn = await redirect.target(signal)
    const asked: Asked = {
      name: state.name,
      start: offset + before,
      end: offset + bytes.length - 1,
      known: state.known,
      isRedirected: turn.isRedirected,
    }
    const events = {
      onHead(url: string) {
        turn.answered(url)
        tags?.agrees()
      },
      onBytes(count: number) {
        done = before + count
        onBytes(done)
      },
    }
    try {
      const answer = await client.limit.run(
        new URL(turn.url).host,
        () => requestRange(client, turn.url, asked, bytes.subarray(before), events, signal),
        signal,
      )
      if (done === bytes.length) return answer
      throw new PassingFault(`the server sent ${done - before} of the requested bytes`)
    } catch (fault) {
      try {
        if (!(fault instanceof PassingFault)) throw fault
        if (done - before >= PROGRESS)
          Object.assign(failures, { answers: 0, connections: 0, expired: 0 })
        if (fault instanceof OtherTagFault) otherTag(state, fault)
        else await afterFault(state, turn, fault, failures, budget, signal)
      } catch (error) {
        turn.failed(signal?.aborted ? null : error)
        throw error
      }
      turn.failed(null)
    }
  }
}

function otherTag({ tags, client }: State, fault: OtherTagFault): void {
  client.counters.retries++
  tags?.differs(fault)
}

/** Waits before the next try. @throws UserError if there is none. */
async function afterFault(
  { name, client, redirect }: State,
  turn: { readonly url: string },
  fault: PassingFault,
  failures: Failures,
  budget: WaitBudget,
  signal?: AbortSignal,
): Promise<void> {
  const { retries, counters } = client
  const give = (why: string) =>
    new NetworkError(`${name}: ${fault.message}${why}`, 1, { cause: fault })
  counters.retries++
  if (fault instanceof ExpiredFault) {
    redirect.expired(turn.url)
    if (++failures.expired < MAX_EXPIRED) return
    throw give(`, ${failures.expired} times in a row; try again later`)
  }
  const count = fault.isAnswer ? ++failures.answers : ++failures.connections
  if (!fault.isAnswer && count >= TARGET_TRIES) redirect.expired(turn.url)
  if (!fault.isAnswer && count >= retries.tries)
    throw give(`, ${count} times in a row; check the connection and run the command again`)
  const left = budget.leftMs
  const { askedMs } = fault
  if (askedMs !== null && askedMs > left)
    throw give(
      ` and asks to wait ${formatMs(askedMs)}, but ${spent(budget)}; run the command again after that`,
    )
  if (left <= 0) throw give(`, and ${spent(budget)}; run the command again later`)
  const ms = Math.min(delayBefore(count, fault, retries), left)
  if (!budget.take(ms, `${name}: ${fault.message}`))
    throw give(`, and ${spent(budget)}; run the command again later`)
  await retries.wait(ms, signal)
}

/** What is left of the time to wait, for people. */
const spent = ({ leftMs, maxMs }: WaitBudget): string =>
  leftMs >= maxMs
    ? `waits may take ${formatMs(maxMs)} at most`
    : `of the ${formatMs(maxMs)} that waits may take, ${leftMs <= 0 ? 'nothing is' : `${formatMs(leftMs)} are`} left`

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
