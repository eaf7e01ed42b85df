import { createServer, get, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { UserError } from '../../lib/errors'
import { textAnswer } from '../../lib/http/file-answer.node.ts'
import { type AnswerRequest, handleFiles } from '../../lib/http/handle-files.node.ts'
import { readBody } from '../../lib/http/read-body.node.ts'

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

test('a long question may be the body of a POST, where that is meant, and no longer than is said', async () => {
  const server = createServer((request, response) => {
    const answer = async () => textAnswer(200, String(await readBody(request, 10)))
    void handleFiles(request, response, answer, { alsoPost: true })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const post = async (body: string) => (await fetch(url, { method: 'POST', body })).text()
  expect(await post('add=ä')).toBe('add=ä\n')
  expect(await post('x'.repeat(11))).toBe('null\n')
  const refused = await fetch(url, { method: 'DELETE' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  const { url: other } = await serve(answer)
  expect((await fetch(other, { method: 'POST', body: 'x' })).status).toBe(405)
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
