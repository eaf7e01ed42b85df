import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { SAMPLE_ENTRIES, verify } from '../../cli/verify'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'
import { verifyAll } from '../../lib/verify/verify.node.ts'
import { temporaryFolder, written } from '../archive/temporary-archive'
import { fakeEffects } from '../cli/fake-effects'
import { startRangeServer } from '../fixtures/range-server'
import { indexText, SMALL_RELEASE } from '../fixtures/release'
import type { ZipEntry } from '../fixtures/zip-writer'

const FOLDER = 'SAMed2Dv1/'

const pictures = SMALL_RELEASE.index.flatMap(([image, masks]) => [image, ...(masks as string[])])

const entries: ZipEntry[] = [
  ...pictures.map(path => ({
    name: FOLDER + path,
    method: 0,
    data: Buffer.from(`content of ${path}`),
  })),
  { name: `${FOLDER}SAMed2D_v1.json`, data: Buffer.from(indexText(SMALL_RELEASE.index)) },
  {
    name: `${FOLDER}SAMed2D_v1_class_mapping_id.json`,
    data: Buffer.from(JSON.stringify(SMALL_RELEASE.classMap)),
  },
]

async function ingested() {
  const location = await written(entries, { partBytes: [700], zip64: true })
  const out = join(await temporaryFolder(), 'manifest')
  const { manifest } = await ingestRelease(location, { out })
  return { location, out, rows: manifest.files.locator?.[0]?.rows ?? 0 }
}

const problemsOf = async (...args: Parameters<typeof verifyAll>) =>
  (await verifyAll(...args)).findings.flatMap(({ problem }) => problem ?? [])

test('every entry of a sound archive is found as the locator says', async () => {
  const { location, out, rows } = await ingested()
  const seen: [number, number][] = []
  const { findings } = await verifyAll(out, {
    archive: location,
    sample: null,
    onEntries: (done, total) => seen.push([done, total]),
  })
  expect(findings.at(-1)).toEqual({
    rule: `all ${rows} entries are in the archive as listed in the locator`,
    problem: null,
  })
  expect(findings.every(({ problem }) => problem === null)).toBe(true)
  expect(seen.at(-1)).toEqual([rows, rows])
})

test('a sample is chosen by its seed, and stated', async () => {
  const { location, out, rows } = await ingested()
  const { findings } = await verifyAll(out, { archive: location, sample: { rows: 5, seed: 7 } })
  expect(findings.at(-1)).toEqual({
    rule: `5 of ${rows} entries, chosen by seed 7, are in the archive as listed in the locator`,
    problem: null,
  })
})

/** Flip a bit in the first part of the archive: in what stands there for a picture, that far into it. */
async function damage(location: string, needle: (path: string) => string, shift: number) {
  const path = join(dirname(location), 'a.z01')
  const bytes = await readFile(path)
  // Opening looks at the first entry of each part.
  const found = pictures.slice(1).find(each => bytes.includes(needle(each)))
  if (!found) throw new Error('no picture lies in the first part')
  const at = bytes.indexOf(needle(found)) + shift
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await writeFile(path, bytes)
  return found
}

test('a flipped byte of an entry is found, with its row and name', async () => {
  const { location, out } = await ingested()
  const path = await damage(location, each => `content of ${each}`, 3)
  const problems = await problemsOf(out, { archive: location, sample: null })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^mask of image \d+, label \d+, instance \d+: .*a\.z01: /)
  expect(problems[0]).toContain(`"${FOLDER}${path}" is damaged (wrong CRC-32)`)
})

test('a local header with another name is found', async () => {
  const { location, out } = await ingested()
  const path = await damage(location, each => FOLDER + each, FOLDER.length + 8)
  const problems = await problemsOf(out, { archive: location, sample: null })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^mask of image \d+, label \d+, instance \d+: .*a\.z01: /)
  expect(problems[0]).toContain(`"${FOLDER}${path}" is not at`)
})

test('another archive is no match, and a manifest without locator says what to do', async () => {
  const { out } = await ingested()
  const other = await written(entries.slice(1))
  expect((await problemsOf(out, { archive: other, sample: null }))[0]).toMatch(/when the manifest/)
  await expect(problemsOf(out, { archive: '/somewhere', sample: null })).rejects.toThrow(
    /verify needs an archive; give the path or URL of its \.zip/,
  )
})

test('over HTTP the command reads a sample, says how large it is, and fails by row and entry', async () => {
  const location = await written(entries)
  const out = join(await temporaryFolder(), 'manifest')
  await ingestRelease(location, { out })
  const zip = await readFile(location)
  const path = pictures[2] as string
  const at = zip.indexOf(`content of ${path}`)
  let flip: number | undefined
  const server = await startRangeServer({ '/a.zip': zip }, () =>
    flip === undefined ? undefined : { flip },
  )
  try {
    const effects = fakeEffects()
    const options = { manifest: out, images: `${server.url}/a.zip`, sample: 9 }
    await verify(options, effects)
    expect(effects.lines.join('\n')).toMatch(/ok {6}9 of 14 entries, chosen by seed 1, are in/)
    expect(effects.output()).toMatch(/^\d+ rules checked, 0 broken\n/)
    flip = at
    await expect(verify({ ...options, all: true }, fakeEffects())).rejects.toThrow(
      new RegExp(`1 rule broken, the first: all 14 entries.*mask of image.*${path}`),
    )
  } finally {
    await server.close()
  }
  expect(SAMPLE_ENTRIES).toBe(500)
})
