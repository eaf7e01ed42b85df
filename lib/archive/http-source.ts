import { UserError } from '../errors'
import { type ByteSource, checkRange } from './byte-source'
import type { Asked } from './http-answer'
import { type Answer, type HttpClient, requestRange } from './http-request'
import { delayBefore, formatMs, PassingFault } from './retry'

/**
 * A file on an http(s) server as a source, read by Range requests. The first request reads the size and the
 * validators, and checks that the server supports ranges. After a redirect, later requests go to its target
 * until that expires, then to the original URL again.
 *
 * @throws UserError that says why the file cannot be read.
 */
export async function openHttpSource(
  url: string,
  client: HttpClient,
  signal?: AbortSignal,
): Promise<ByteSource> {
  const name = withoutQuery(url)
  const state: State = { url, name, client, target: url, known: null }
  const { size, etag, lastModified } = await persist(state, 0, new Uint8Array(1), signal)
  if (size === null)
    throw new UserError(
      `${name}: the server does not say how large the file is (Content-Range …/*)`,
    )
  state.known = { size, etag, lastModified }
  const source: ByteSource = {
    name,
    size,
    isRemote: true,
    async read(offset, length, signal) {
      checkRange(source, offset, length)
      const bytes = new Uint8Array(length)
      if (length > 0) await persist(state, offset, bytes, signal)
      return bytes
    },
    async close() {},
  }
  return source
}

/** A try that brings at least so many bytes does not count as failed. With fewer, retries might never end. */
const PROGRESS = 1 << 16

interface State extends Pick<Asked, 'name'> {
  readonly url: string
  readonly client: HttpClient
  /** URL of the next request. */
  target: string
  known: Asked['known']
}

/** Fills `bytes` from `offset` on. After a fault it continues where it stopped, as long as tries bring bytes. */
async function persist(
  state: State,
  offset: number,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<Answer> {
  const { client } = state
  let done = 0
  for (let failures = 0; ; ) {
    const before = done
    const target = state.target
    const asked: Asked = {
      name: state.name,
      start: offset + before,
      end: offset + bytes.length - 1,
      known: state.known,
      isRedirected: target !== state.url,
    }
    const onBytes = (count: number) => {
      done = before + count
    }
    try {
      const answer = await client.limit.run(
        new URL(target).host,
        () => requestRange(client, target, asked, bytes.subarray(before), onBytes, signal),
        signal,
      )
      state.target = answer.url
      if (done === bytes.length) return answer
      throw new PassingFault(`the server sent ${done - before} of the requested bytes`)
    } catch (fault) {
      if (!(fault instanceof PassingFault)) throw fault
      state.target = state.url
      failures = done - before >= PROGRESS ? 1 : failures + 1
      await pause(state, failures, fault, signal)
    }
  }
}

async function pause(
  { name, client }: State,
  failures: number,
  fault: PassingFault,
  signal?: AbortSignal,
): Promise<void> {
  const { retries, counters } = client
  if (failures >= retries.tries)
    throw new UserError(
      `${name}: ${fault.message}, ${failures} times in a row; check the connection and run the command again`,
      1,
      { cause: fault },
    )
  const ms = delayBefore(failures, fault, retries)
  if (ms === null)
    throw new UserError(
      `${name}: ${fault.message} and asks to wait ${formatMs(fault.retryAfterMs ?? 0)}; run the command again after that`,
      1,
      { cause: fault },
    )
  counters.retries++
  await retries.wait(ms, signal)
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
