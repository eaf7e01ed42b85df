import { createServer, get, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { UserError } from '../../lib/errors'
import { type AnswerRequest, handleFiles } from '../../lib/http/handle-files.node.ts'

const BYTES = Uint8Array.of(1, 2, 3)

const answer: AnswerRequest = () => ({
  status: 200,
  headers: { 'Content-Type': 'image/png', 'Content-Length': '3' },
  body: BYTES,
})

/** A server with one answer; gives its address, and what the handler threw. */
async function serve(answer: AnswerRequest) {
  const thrown: unknown[] = []
  const server = createServer((request, response) => {
    handleFiles(request, response, answer).catch(error => thrown.push(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, thrown }
}

test('bytes go as they are; HEAD has their length alone', async () => {
  const { url } = await serve(answer)
  const whole = await fetch(url)
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(BYTES)
  const head = await new Promise<IncomingMessage>(resolve =>
    request(url, { method: 'HEAD' }, resolve).end(),
  )
  expect([head.statusCode, head.headers['content-length']]).toEqual([200, '3'])
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
})

test('what the operator must mend is a 503 with its message', async () => {
  const { url } = await serve(() => {
    throw new UserError('no manifest')
  })
  const response = await fetch(url)
  expect([response.status, await response.text()]).toEqual([503, 'no manifest\n'])
})

test('a client that hangs up aborts the answer, and nothing is thrown', async () => {
  let hungUp: () => void = () => {}
  const aborted = new Promise<void>(resolve => {
    hungUp = resolve
  })
  let begun: () => void = () => {}
  const started = new Promise<void>(resolve => {
    begun = resolve
  })
  const { url, thrown } = await serve(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        begun()
        signal.addEventListener('abort', () => {
          hungUp()
          reject(signal.reason)
        })
      }),
  )
  const client = get(url).on('error', () => {})
  await started
  client.destroy()
  await aborted
  await new Promise(setImmediate)
  expect(thrown).toEqual([])
})
