import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../lib/errors'
import { readIndex } from '../../lib/ingest/read-index.node.ts'
import { indexText, SMALL_RELEASE } from '../fixtures/release'

/** Every event of a read, in order, and the error that ended it. */
async function read(content: string | Uint8Array, chunkBytes = 1 << 20) {
  const bytes = Buffer.from(content as string)
  const events: string[][] = []
  const file = {
    where: 'index.json',
    bytes: null,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunkBytes)
        yield bytes.subarray(at, at + chunkBytes)
    },
  }
  const visitor = {
    image: (path: string) => void events.push(['image', path]),
    mask: (path: string) => void events.push(['mask', path]),
    badImage: (path: string, value: string) => void events.push(['badImage', path, value]),
    badMask: (value: string) => void events.push(['badMask', value]),
  }
  let error: Error | null = null
  try {
    await readIndex(file, visitor)
  } catch (thrown) {
    error = thrown as Error
  }
  return { events, error }
}

const text = indexText(SMALL_RELEASE.index)
const SMALL_EVENTS = SMALL_RELEASE.index.flatMap(([image, masks]) => [
  ['image', image],
  ...(masks as string[]).map(mask => ['mask', mask]),
])

describe('a whole index', () => {
  test.each([1, 2, 3, 7, 64, 1 << 20])('in chunks of %i bytes', async chunkBytes => {
    expect(await read(text, chunkBytes)).toEqual({ events: SMALL_EVENTS, error: null })
  })

  test('a byte order mark and white space around it do not matter', async () => {
    expect(await read(`\ufeff \n${text}\r\n\t`)).toEqual({ events: SMALL_EVENTS, error: null })
  })

  test('keys that are special in JavaScript are data, and repeated keys all come', async () => {
    const { events, error } = await read('{"__proto__":["a"],"constructor":[],"__proto__":["b"]}')
    expect(error).toBeNull()
    expect(events).toEqual([
      ['image', '__proto__'],
      ['mask', 'a'],
      ['image', 'constructor'],
      ['image', '__proto__'],
      ['mask', 'b'],
    ])
  })

  test('values of the wrong type are told, and the rest is read', async () => {
    const { events, error } = await read(
      '{"a":null,"b":-1.5e3,"c":"x","d":{"e":["f",{}]},"g":["h",null,0,true,["i"],{"j":[]},"k"],"l":[]}',
    )
    expect(error).toBeNull()
    expect(events).toEqual([
      ['badImage', 'a', 'null'],
      ['badImage', 'b', '-1500'],
      ['badImage', 'c', '"x"'],
      ['badImage', 'd', '{…}'],
      ['image', 'g'],
      ['mask', 'h'],
      ['badMask', 'null'],
      ['badMask', '0'],
      ['badMask', 'true'],
      ['badMask', '[…]'],
      ['badMask', '{…}'],
      ['mask', 'k'],
      ['image', 'l'],
    ])
  })

  test('no character of a name is lost, not even an invisible one at its start', async () => {
    const names = ['\ufeffa', 'b\ufeff', '\u0000', '\\"/\b\f\n\r\t', '日本😀', '\ud800x', '']
    for (const chunkBytes of [1, 2, 3, 5, 1000]) {
      const { events } = await read(JSON.stringify({ a: names }), chunkBytes)
      expect(events.slice(1).map(event => event[1])).toEqual(names)
      const escaped = `{"a":["\\ufeffa","\\uD83D\\uDE00"]}`
      expect((await read(escaped, chunkBytes)).events.slice(1)).toEqual([
        ['mask', '\ufeffa'],
        ['mask', '😀'],
      ])
    }
  })
})

test('a character of four bytes across every boundary of chunks and of the string buffer', async () => {
  const bytes = Buffer.from('{"a😀":["b😀c"]}')
  for (let first = 1; first < bytes.length; first++) {
    const { events } = await read(bytes, first)
    expect(events).toEqual([
      ['image', 'a😀'],
      ['mask', 'b😀c'],
    ])
  }
  for (let before = 65_536 - 5; before <= 65_536 + 1; before++)
    for (const chunkBytes of [4_096, 65_536, 1 << 20]) {
      const name = `${'x'.repeat(before)}😀y`
      const { events, error } = await read(JSON.stringify({ [name]: [name] }), chunkBytes)
      expect(error).toBeNull()
      expect(events.map(([, path]) => path === name)).toEqual([true, true])
    }
})

describe('a damaged index', () => {
  test('cut off at any byte: refused, with the place', async () => {
    const bytes = Buffer.from(text)
    for (let length = 0; length < bytes.length; length++) {
      const { events, error } = await read(bytes.subarray(0, length), 97)
      expect(error, `${length} bytes`).toBeInstanceOf(UserError)
      expect(error?.message).toMatch(
        length === 0 ? 'index.json: the file is empty' : `index.json: byte ${length}: `,
      )
      expect(events).toEqual(SMALL_EVENTS.slice(0, events.length))
    }
  })

  test.each([
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /byte 0: this is gzip data/],
    ['HTML', '\n<!DOCTYPE html><html>', /this is an HTML or XML page/],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16/],
    ['a ZIP archive', Buffer.from('PK\x03\x04'), /ZIP archive/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', /Git LFS pointer/],
    ['a list', '["a"]', /byte 0: expected one JSON object/],
    ['a string', '"a"', /byte 0: expected one JSON object/],
    ['two objects', '{}{}', /byte 2: expected the end of the file/],
    ['text after the end', '{"a":[]} x', /byte 9: not valid JSON/],
    ['white space only', '  \n', /byte 3: the file ends in the middle/],
    ['a missing colon', '{"a" ["b"]}', /byte 5: expected :/],
    ['a missing comma', '{"a":["b" "c"]}', /byte 10: expected a comma/],
    ['a comma too many', '{"a":["b",]}', /byte 10: expected a value/],
    ['a number as key', '{1:[]}', /byte 1: expected a key or }/],
    ['crossed brackets', '{"a":["b"}', /byte 9: expected a comma or the end/],
    ['a raw newline in a name', '{"a\n":[]}', /byte 3: not valid JSON/],
    ['deep nesting', `{"a":${'['.repeat(10_000)}`, /nesting no deeper than 32/],
    [
      'bad UTF-8',
      Buffer.from('{"a":["b\xff"],"c":[]}', 'latin1'),
      /after byte 5: a name is not valid UTF-8/,
    ],
    [
      'bad UTF-8 in a long name',
      Buffer.from(`{"a":["${'b'.repeat(99)}\xc3"],"c":[]}`, 'latin1'),
      /UTF-8/,
    ],
  ])('%s', async (_, content, message) => {
    for (const chunkBytes of [1, 5, 1 << 20]) {
      const { error } = await read(content, chunkBytes)
      expect(error).toBeInstanceOf(UserError)
      // A sniffed first chunk may be too short to tell; the refusal is what counts then.
      if (chunkBytes > 5) expect(error?.message).toMatch(message)
    }
  })

  test('any byte changed: refused with a place, or read as JSON.parse reads it', async () => {
    const bytes = Buffer.from(text)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.integer({ min: 1, max: 50 }),
        async (at, byte, chunkBytes) => {
          const changed = Buffer.from(bytes)
          changed[at] = byte
          const { events, error } = await read(changed, chunkBytes)
          if (error !== null) {
            expect(error).toBeInstanceOf(UserError)
            expect(error.message).toMatch(/^index\.json: (after )?byte \d+/)
            expect(() =>
              JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(changed)),
            ).toThrow()
          } else {
            const json = JSON.parse(changed.toString()) as Record<string, unknown>
            const images = events.filter(([kind]) => kind !== 'mask').map(([, path]) => path)
            expect(new Set(images)).toEqual(new Set(Object.keys(json)))
          }
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('the errors of the visitor are not taken for damage', async () => {
    const failing = () => {
      throw new RangeError('disk full')
    }
    const visitor = { image: failing, mask: failing, badImage: failing, badMask: failing }
    const file = {
      where: 'index.json',
      bytes: null,
      async *open() {
        yield Buffer.from(text)
      },
    }
    await expect(readIndex(file, visitor)).rejects.toThrow(RangeError)
  })
})

test.each(['\0', 'x', '}', '{}', '[', '"abc', '12', 'tru', '\u001a', '-', ','])(
  'the index with %j behind its end is refused',
  async junk => {
    for (const chunk of [1, 7, 1 << 20]) {
      const { error } = await read(text + junk, chunk)
      expect(error).toBeInstanceOf(UserError)
      expect(error?.message).toMatch(
        /^index\.json: byte .*(not valid JSON|expected the end of the file)/,
      )
    }
  },
)
