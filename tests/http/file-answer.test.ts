import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../lib/errors'
import type { FileAnswer } from '../../lib/http/file-answer.node.ts'
import { handleFiles } from '../../lib/http/handle-files.node.ts'

const SIZE = 20_000_000
const bytes = Uint8Array.from({ length: SIZE }, (_, i) => i % 251)
let dir: string
let path: string
let server: Server
let url: string
let answer: () => FileAnswer

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  path = join(dir, 'file')
  server = createServer((request, response) => handleFiles(request, response, () => answer()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => writeFile(path, bytes))
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(dir, { recursive: true })
})

const piece = (start: number, end: number, size = SIZE): FileAnswer => ({
  status: 206,
  headers: { 'Content-Length': String(end + 1 - start), ETag: '"a"' },
  body: { path, size, start, end },
})

test.each([
  [0, SIZE - 1],
  [0, 0],
  [SIZE - 1, SIZE - 1],
  [262_143, 524_288],
])('bytes %i to %i arrive', async (start, end) => {
  answer = () => piece(start, end)
  const response = await fetch(url)
  expect(response.status).toBe(206)
  const got = new Uint8Array(await response.arrayBuffer())
  expect(Buffer.compare(got, bytes.subarray(start, end + 1))).toBe(0)
  await expectClosed()
})

test('a file that is gone or has another size is a message, not a broken download', async () => {
  answer = () => piece(0, 1, SIZE + 1)
  const changed = await fetch(url)
  expect(changed.status).toBe(503)
  expect(await changed.text()).toMatch(/reload/)
  await rm(path)
  answer = () => piece(0, 1)
  expect((await fetch(url)).status).toBe(503)
})

test('a file that shrinks while it is sent breaks the connection', async () => {
  answer = () => piece(0, SIZE - 1)
  const response = await fetch(url)
  await truncate(path, SIZE / 2)
  await expect(response.arrayBuffer()).rejects.toThrow()
  await expectClosed()
})

test('a client that hangs up closes the file', async () => {
  answer = () => piece(0, SIZE - 1)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await new Promise(resolve => socket.once('data', resolve))
  expect(await openFiles()).toBe(1)
  socket.destroy()
  await expectClosed()
})

test('HEAD gets the headers only', async () => {
  answer = () => piece(0, 9)
  const response = await fetch(url, { method: 'HEAD' })
  expect(response.headers.get('content-length')).toBe('10')
  expect(await response.text()).toBe('')
})

test('other methods are refused', async () => {
  const response = await fetch(url, { method: 'POST', body: 'x' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})

test('a mistake of the user is told, and not cached', async () => {
  answer = () => {
    throw new UserError('no manifest here')
  }
  const response = await fetch(url)
  expect(response.status).toBe(503)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toBe('no manifest here\n')
})

/** Closing takes a moment. */
async function expectClosed() {
  for (let i = 0; i < 100 && (await openFiles()) > 0; i++) await sleep(10)
  expect(await openFiles()).toBe(0)
}

/** Descriptors of this process that point at the file; none where the system does not tell. */
async function openFiles(): Promise<number> {
  const descriptors = await readdir('/proc/self/fd').catch(() => [])
  const targets = await Promise.all(
    descriptors.map(name => readlink(`/proc/self/fd/${name}`).catch(() => '')),
  )
  return targets.filter(target => target === path).length
}
