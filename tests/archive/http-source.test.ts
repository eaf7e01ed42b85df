import { expect, onTestFinished, test, vi } from 'vitest'
import type { ArchiveEntry } from '../../lib/archive/entry'
import type { HttpOptions } from '../../lib/archive/http-request'
import { NetworkError } from '../../lib/archive/network-error'
import { readEntry } from '../../lib/archive/read-entry.node.ts'
import { SourceChangedError } from '../../lib/archive/validators'
import type { Wait } from '../../lib/archive/wait-budget'
import { UserError } from '../../lib/errors'
import { releaseFiles, startHub } from '../fixtures/hub'
import { noise } from '../fixtures/noise'
import { type Fault, type ScriptedRequest, startRangeServer } from '../fixtures/range-server'
import { makeZip } from '../fixtures/zip-writer'
import { entriesOf, streamed } from './collect'
import { opened } from './temporary-archive'

const images = Array.from({ length: 40 }, (_, i) => ({
  name: `images/${i}.png`,
  data: noise(700, i),
}))
const parts = makeZip(images, { partBytes: [10_000] })
const FILES = Object.fromEntries(
  parts.map((bytes, i) => [i === parts.length - 1 ? '/a.zip' : `/a.z0${i + 1}`, bytes]),
)

/** Waits that were asked for, in ms; nothing really waits, but a clock of its own goes on. */
function patience(http: HttpOptions = {}) {
  const waits: number[] = []
  const said: Wait[] = []
  let time = 0
  const wait = async (ms: number) => {
    waits.push(ms)
    time += ms
  }
  const retries = { wait, now: () => time, ...http.retries }
  return { waits, said, http: { onWait: (each: Wait) => said.push(each), ...http, retries } }
}

async function served(
  script?: (request: ScriptedRequest) => Fault | undefined | Promise<Fault | undefined>,
  files: Record<string, Buffer> = FILES,
) {
  const server = await startRangeServer(files, script)
  onTestFinished(() => server.close())
  return server
}

/** Only where a stall is wanted: on a busy machine any answer may take so long. */
const stallOf = ({ ends }: Fault): HttpOptions => (ends === 'stall' ? { stallMs: 200 } : {})

/** Opens the archive, and lets things go wrong from then on. */
async function servedWell(
  fault: (request: ScriptedRequest, since: number) => Fault | undefined,
  options: HttpOptions = {},
) {
  let from = Number.POSITIVE_INFINITY
  const server = await served(request =>
    request.number >= from ? fault(request, request.number - from) : undefined,
  )
  const { waits, said, http } = patience({ ...options })
  const archive = await opened(`${server.url}/a.zip`, { http })
  const entries = await entriesOf(archive)
  from = server.requests.length
  const retriesBefore = archive.counters.retries
  return {
    archive,
    server,
    waits,
    said,
    entry: entries[20] as ArchiveEntry,
    read: () => readEntry(archive, entries[20] as ArchiveEntry, { maxBytes: 1e6 }),
    requests: () => server.requests.slice(from),
    retries: () => archive.counters.retries - retriesBefore,
  }
}

test('an archive over HTTP is read like a local one, one request an entry', async () => {
  const server = await served()
  const archive = await opened(`${server.url}/a.zip?token=x`)
  const entries = await entriesOf(archive)
  for (const [i, entry] of entries.entries()) {
    const before = server.requests.length
    const data = await readEntry(archive, entry, { maxBytes: 1e6 })
    expect(images[i]?.data.equals(data)).toBe(true)
    const isCut = entry.part !== (entries[i + 1] ?? archive.directory).part
    expect(server.requests.length - before).toBe(isCut ? 2 : 1)
  }
  expect(archive.counters.requests).toBe(server.requests.length)
  expect(archive.counters.retries).toBe(0)
  // It would need a CORS preflight, which hubs refuse.
  expect(server.requests.filter(({ headers }) => headers['if-range'])).toEqual([])
  expect(images[20]?.data.equals(await streamed(archive, entries[20] as ArchiveEntry))).toBe(true)
})

const open = (script: (request: ScriptedRequest) => Fault | undefined, files = FILES) =>
  served(script, files).then(server => opened(`${server.url}/a.zip`, patience()))

test.each<[string, Fault, RegExp]>([
  ['200', { isWhole: true }, /a\.zip: the server does not support Range requests \(it answers 200/],
  ['404', { status: 404 }, /a\.zip: no such file on the server \(404\)$/],
  ['403', { status: 403 }, /a\.zip: the server refuses access \(403\); the link may have expired/],
  ['401', { status: 401 }, /a\.zip: the server refuses access \(401\)/],
  ['416', { status: 416 }, /a\.zip: the file is empty \(416\)$/],
  ['418', { status: 418 }, /a\.zip: the server answers 418 to a Range request$/],
  [
    'no Content-Range',
    { headers: { 'content-range': '' } },
    /without Content-Range; use another server/,
  ],
  [
    'a size that is not told',
    { headers: { 'content-range': 'bytes 0-0/*' } },
    /the server does not say how large the file is/,
  ],
  ['a circle', { status: 302, headers: { location: '/a.zip' } }, /server redirects in a circle$/],
])('opening fails at once with %s', async (_, fault, message) => {
  let requests = 0
  const failing = open(() => {
    requests++
    return fault
  })
  await expect(failing).rejects.toThrow(message)
  await expect(failing).rejects.toBeInstanceOf(UserError)
  expect(requests).toBe(fault.status === 302 ? 21 : 1)
})

test('a missing part is named', async () => {
  const { '/a.z02': _, ...files } = FILES
  await expect(open(() => undefined, files)).rejects.toThrow(
    /a\.z02: no such file on the server \(404\); the archive has 4 parts, a\.z01 to a\.zip/,
  )
})

test('a server that is not there is named', async () => {
  const server = await startRangeServer({})
  await server.close()
  const { waits, http } = patience()
  await expect(opened(`${server.url}/a.zip`, { http })).rejects.toThrow(
    /a\.zip: the connection failed \(ECONNREFUSED\), 6 times in a row; check the connection and run/,
  )
  expect(waits).toHaveLength(5)
  await expect(opened('http://nowhere.invalid/a.zip', { http })).rejects.toThrow(
    /nowhere\.invalid\/a\.zip: the server cannot be reached \(\w+\); check the URL$/,
  )
})

test.each<[string, Fault]>([
  ['a wrong offset', { shift: 5 }],
  ['a short body', { bytes: 100, ends: 'short' }],
  ['a cut', { bytes: 100, ends: 'cut' }],
  ['a cut before the first byte', { bytes: 0, ends: 'cut' }],
  ['a stall', { bytes: 100, ends: 'stall' }],
  ['a stall before the first byte', { bytes: 0, ends: 'stall' }],
  ['429', { status: 429 }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
])('%s is tried again and read right', async (_, fault) => {
  const well = await servedWell((_, since) => (since < 2 ? fault : undefined), stallOf(fault))
  expect(images[20]?.data.equals(await well.read())).toBe(true)
  expect(well.requests()).toHaveLength(3)
  expect(well.retries()).toBe(2)
})

test('what came before a cut is kept', async () => {
  const well = await servedWell((_, since) => (since < 2 ? { bytes: 100, ends: 'cut' } : undefined))
  await well.read()
  expect(well.requests().map(({ start }) => start - well.entry.offset)).toEqual([0, 100, 200])
})

test.each<[string, Fault, RegExp]>([
  [
    'cut',
    { bytes: 10, ends: 'cut' },
    /a\.z02: the connection failed \(\w+\), 6 times in a row; ch/,
  ],
  ['stall', { bytes: 0, ends: 'stall' }, /a\.z02: no data for 200 ms, 6 times in a row; check/],
  ['offset', { shift: 1 }, /a\.z02: the server sent bytes \d+-\d+ instead of \d+-\d+, 6 times in/],
])('a fault that does not pass is an error: %s', async (_, fault, message) => {
  const well = await servedWell(() => fault, stallOf(fault))
  await expect(well.read()).rejects.toThrow(message)
  expect(well.requests()).toHaveLength(6)
})

test('waits double, and are as long as the server asks', async () => {
  const well = await servedWell((_, since) =>
    since < 4
      ? { status: 429, headers: since === 1 ? { 'retry-after': '20' } : undefined }
      : undefined,
  )
  await well.read()
  const [first = 0, second = 0, third = 0, fourth = 0] = well.waits
  expect(second).toBe(20_000)
  for (const [ms, full] of [
    [first, 500],
    [third, 2000],
    [fourth, 4000],
  ] as const) {
    expect(ms).toBeGreaterThanOrEqual(full / 2)
    expect(ms).toBeLessThanOrEqual(full)
  }
})

const PASSING = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 529]

test.each(PASSING)('%d is waited out, but no longer than the stated time', async status => {
  const well = await servedWell(() => ({ status }), { waitAtMostMs: 60_000 })
  const failing = well.read()
  await expect(failing).rejects.toBeInstanceOf(NetworkError)
  await expect(failing).rejects.toThrow(
    new RegExp(
      `a\\.z02: the server .*\\(${status}\\), and of the 60 s that waits may take, nothing is left; run the command again later$`,
    ),
  )
  expect(well.waits.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(60_000, 3)
  for (const { totalMs, maxMs } of well.said) expect(totalMs).toBeLessThanOrEqual(maxMs)
  expect(well.said[0]?.reason).toMatch(new RegExp(`a\\.z02: the server .*\\(${status}\\)$`))
})

test.each([501, 505, 530, 418])('%d is not waited for', async status => {
  const well = await servedWell(() => ({ status }))
  await expect(well.read()).rejects.toThrow(`the server answers ${status} to a Range request`)
  expect(well.requests()).toHaveLength(1)
})

test('a server that asks for more than the stated time is not waited for', async () => {
  const well = await servedWell(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
  await expect(well.read()).rejects.toThrow(
    /a\.z02: the server limits requests \(429\) and asks to wait 60 min, but waits may take 15 min at most; run the command again after that$/,
  )
  expect(well.requests()).toHaveLength(1)
})

test('a window of five minutes is waited out, once for all readers', async () => {
  const well = await servedWell((_, since) =>
    since < 1 ? { status: 429, headers: { ratelimit: '"resolvers";r=0;t=300' } } : undefined,
  )
  expect(images[20]?.data.equals(await well.read())).toBe(true)
  expect(well.waits).toEqual([300_000])
  expect(well.said).toEqual([
    {
      reason: `${well.server.url}/a.z02: the server limits requests (429)`,
      ms: 300_000,
      totalMs: 300_000,
      maxMs: 900_000,
    },
  ])
})

test('the time to wait is one for all reads, unless each has its own', async () => {
  const always = (isPerRead: boolean) =>
    servedWell(
      (_, since) =>
        since % 2 === 0 ? { status: 429, headers: { 'retry-after': '40' } } : undefined,
      {
        waitAtMostMs: 60_000,
        isPerRead,
      },
    )
  const shared = await always(false)
  await shared.read()
  await expect(shared.read()).rejects.toThrow(
    /asks to wait 40 s, but of the 60 s that waits may take, 20 s are left; run/,
  )
  const own = await always(true)
  for (let i = 0; i < 3; i++) await own.read()
})

test.each<[string, Fault, RegExp]>([
  ['another ETag', { etag: '"second"' }, /ETag "first", now "second"\); run the command again$/],
  ['another ETag, range kept', { headers: { etag: '"second"' } }, /ETag "first", now "second"/],
  [
    'another size',
    { file: Buffer.alloc(20_000) },
    /size 10,000, now 20,000 bytes\); run the command again$/,
  ],
  ['416', { status: 416 }, /a\.z02: changed while it was being read \(the server has no bytes/],
])('a file that changes is an error of its own: %s', async (_, fault, message) => {
  const well = await servedWell(() => fault)
  const failing = well.read()
  await expect(failing).rejects.toBeInstanceOf(SourceChangedError)
  await expect(failing).rejects.toThrow(message)
  expect(well.requests()).toHaveLength(1)
})

test('a server that stops to support ranges is said so', async () => {
  const well = await servedWell(() => ({ isWhole: true }))
  await expect(well.read()).rejects.toThrow(/a\.z02: the server does not support Range requests/)
})

test('a flipped byte is fetched once more', async () => {
  const well = await servedWell((_, since) =>
    since < 1 ? { flip: well.entry.offset + 300 } : undefined,
  )
  expect(images[20]?.data.equals(await well.read())).toBe(true)
  expect(well.retries()).toBe(1)
})

test('a byte that stays flipped is an error that names part and entry', async () => {
  const well = await servedWell(() => ({ flip: well.entry.offset + 300 }))
  await expect(well.read()).rejects.toThrow(
    /a\.z02: "images\/20\.png" is damaged \(.*\); download this part again$/,
  )
  expect(well.requests()).toHaveLength(2)
})

test('a redirect is followed once, and again when its target has expired', async () => {
  let valid = 'one'
  const server = await served(
    ({ path }) => {
      const [, file, token] = /^\/(a\.z\w+)(?:\.(\w+))?$/.exec(path) ?? []
      if (!token) return { status: 302, headers: { location: `/${file}.${valid}` } }
      return token === valid && token !== 'refused' ? { file: FILES[`/${file}`] } : { status: 403 }
    },
    Object.fromEntries(
      Object.entries(FILES).flatMap(([path, bytes]) =>
        ['', '.one', '.two', '.refused'].map(token => [path + token, bytes]),
      ),
    ),
  )
  const { waits, http } = patience()
  const archive = await opened(`${server.url}/a.zip`, { http })
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  const pathsOfRead = async () => {
    const before = server.requests.length
    expect(images[0]?.data.equals(await readEntry(archive, entry, { maxBytes: 1e6 }))).toBe(true)
    return server.requests.slice(before).map(({ path }) => path)
  }
  expect(await pathsOfRead()).toEqual(['/a.z01.one'])
  valid = 'two'
  expect(await pathsOfRead()).toEqual(['/a.z01.one', '/a.z01', '/a.z01.two'])
  expect(await pathsOfRead()).toEqual(['/a.z01.two'])
  expect(waits).toHaveLength(0)
  valid = 'refused'
  await expect(pathsOfRead()).rejects.toThrow(/a\.z01: the server refuses access \(403\)/)
})

test('readers that find a URL expired share one request for a new one', async () => {
  const hub = await startHub(releaseFiles(makeZip(images)), { usesPerUrl: 20 })
  onTestFinished(() => hub.close())
  const archive = await opened(hub.url('SA-Med2D-16M.zip'), patience())
  const entries = await entriesOf(archive)
  expect([hub.resolverRequests, hub.expired]).toEqual([1, 0])
  const read = async (entry: ArchiveEntry, i: number) => {
    expect(images[i]?.data.equals(await readEntry(archive, entry, { maxBytes: 1e6 }))).toBe(true)
  }
  await Promise.all(entries.slice(0, 30).map(read))
  expect(hub.expired).toBeGreaterThanOrEqual(1)
  expect(hub.resolverRequests).toBe(2)
  expect([...hub.forbidden]).toEqual([])
})

test('a bounded number of requests is on its way at a time', async () => {
  const server = await served(async () => {
    await new Promise(resolve => setTimeout(resolve, 5))
    return undefined
  })
  const archive = await opened(`${server.url}/a.zip`, { http: { inFlight: 3 } })
  const entries = await entriesOf(archive)
  await Promise.all(entries.map(entry => readEntry(archive, entry, { maxBytes: 1e6 })))
  expect(server.mostAtOnce).toBe(3)
})

test('aborting ends requests at once, those that wait for their turn too', async () => {
  const well = await servedWell(() => ({ bytes: 0, ends: 'stall' }))
  const stop = new AbortController()
  const reads = Array.from({ length: 20 }, () =>
    readEntry(well.archive, well.entry, { maxBytes: 1e6, signal: stop.signal }),
  )
  const ended = Promise.allSettled(reads)
  await vi.waitFor(() => expect(well.requests()).toHaveLength(6))
  stop.abort(new Error('hung up'))
  for (const read of await ended)
    expect(read).toMatchObject({ status: 'rejected', reason: { message: 'hung up' } })
  expect(well.requests()).toHaveLength(6)
})

test('a connection that is cut 50 times at random still brings the right directory', async () => {
  const many = makeZip(
    Array.from({ length: 4000 }, (_, i) => ({ name: `images/${i}.png`, data: noise(30, i) })),
  )
  let cuts = 0
  const server = await served(
    ({ number, start, end }) => {
      if (number < 2 || cuts >= 50 || end - start < 1000) return undefined
      cuts++
      const share = ((number * 7919) % 97) / 97
      return { bytes: Math.floor(share * (end - start)), ends: 'cut' }
    },
    { '/a.zip': many[0] as Buffer },
  )
  const { http } = patience({ retries: { tries: 20 } })
  const archive = await opened(`${server.url}/a.zip`, { http })
  const entries = await entriesOf(archive, { blockBytes: 4096 })
  expect(entries.map(({ name }) => name)).toEqual(
    Array.from({ length: 4000 }, (_, i) => `images/${i}.png`),
  )
  expect(cuts).toBe(50)
  expect(archive.counters.retries).toBe(50)
})

test.each([
  ['206', { headers: { 'content-encoding': 'gzip' } }],
  ['200', { isWhole: true, headers: { 'content-encoding': 'br' } }],
])('a host that compresses is named: %s', async (_, fault) => {
  await expect(open(() => fault)).rejects.toThrow(
    /a\.zip: the server compresses ranges \(Content-Encoding: (gzip|br)\), so they are not the bytes of the file; turn/,
  )
})

test('a web page in place of the file is said', async () => {
  const headers = { 'content-type': 'text/html; charset=utf-8' }
  await expect(open(() => ({ isWhole: true, headers }))).rejects.toThrow(
    /a\.zip: the server answers with a web page instead of the file; the link may need a login/,
  )
})

test('a part that the network keeps away is not said to be missing', async () => {
  const { http } = patience({ waitAtMostMs: 5_000 })
  const server = await served(({ path }) => (path === '/a.z02' ? { status: 503 } : undefined))
  const failing = opened(`${server.url}/a.zip`, { http })
  await expect(failing).rejects.toThrow(/a\.z02: the server answers with an error \(503\), and of/)
  await expect(failing).rejects.not.toThrow(/same folder/)
})

test('servers behind one name that each have their own tag are one', async () => {
  const date = { 'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT' }
  const server = await served(({ number }) => ({ etag: `"node${number % 2}"`, headers: date }))
  const archive = await opened(`${server.url}/a.zip`, patience())
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  expect(images[0]?.data.equals(await readEntry(archive, entry, { maxBytes: 1e6 }))).toBe(true)
})

test('a tag that stays another one is that of a new file, whatever its date', async () => {
  const date = { 'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT' }
  let etag = '"first"'
  const server = await served(() => ({ etag, headers: date }))
  const archive = await opened(`${server.url}/a.zip`, patience())
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  etag = '"second"'
  await expect(readEntry(archive, entry, { maxBytes: 1e6 })).rejects.toThrow(
    /a\.z01: changed while it was being read \(ETag "first", now "second"\)/,
  )
})

test('a server without tags is known by its dates', async () => {
  const day = (date: number) => ({ 'last-modified': `Wed, ${date} Nov 2026 10:00:00 GMT` })
  let date = 25
  const server = await served(() => ({ etag: '', headers: day(date) }))
  const archive = await opened(`${server.url}/a.zip`)
  const [entry] = (await entriesOf(archive)) as [ArchiveEntry]
  date = 26
  await expect(readEntry(archive, entry, { maxBytes: 1e6 })).rejects.toThrow(
    /a\.z01: changed while it was being read \(date Wed, 25 Nov .*, now Wed, 26 Nov .*\); run/,
  )
})
