import { createHash } from 'node:crypto'
import {
  cp,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { allFiles } from '../../lib/manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../../lib/manifest/manifest'
import { formatManifest } from '../../lib/store/checksum.node.ts'
import { type PublishFiles, publishManifest } from '../../lib/store/publish.node.ts'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { type TinyManifest, tinyManifest } from '../tiny-manifest'

const NEW_ID = '1'.repeat(64)

let root: string
let out: string
let old: TinyManifest
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'samed2d-publish-'))
  out = join(root, 'manifest')
  old = await tinyManifest()
})
afterEach(async () => {
  await rm(root, { recursive: true })
  await old.dispose()
})

/** A finished manifest that shares half of its files with the old one. */
async function finish(): Promise<string> {
  const folder = join(root, 'finished')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const files: Manifest['files'] = {}
  for (const [i, [table, listed]] of Object.entries(old.manifest.files).entries()) {
    const text = i % 2 === 0 ? old.content(table) : `new ${table}`
    const sha256 = createHash('sha256').update(text).digest('hex')
    const name = `${table}-${sha256.slice(0, 16)}.parquet`
    files[table] = listed.map(file => ({ ...file, file: name, bytes: text.length, sha256 }))
    await writeFile(join(folder, name), text)
  }
  await writeFile(
    join(folder, MANIFEST_FILE),
    formatManifest({ ...old.manifest, id: NEW_ID, files }),
  )
  return folder
}

/** The disk, which fails at one of its operations: before it is done, or just after. */
function failing(at: number, moment: 'before' | 'after') {
  const done: string[] = []
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    done.push(name)
    const fails = done.length === at
    const error = Object.assign(new Error(`ENOSPC: ${name}`), { code: 'ENOSPC' })
    if (fails && moment === 'before') throw error
    const result = await work()
    if (fails) throw error
    return result
  }
  const counted = <Work extends (...args: never[]) => Promise<unknown>>(name: string, work: Work) =>
    ((...args: Parameters<Work>) => step(name, () => work(...args))) as Work
  const disk: PublishFiles = {
    readFile,
    mkdir: counted('mkdir', mkdir),
    readdir: counted('readdir', readdir),
    rename: (from, to) => step(`rename ${to}`, () => rename(from, to)),
    rm: counted('rm', rm),
    open: async (path, flags) => {
      const file = await open(path, flags)
      try {
        await step('open', async () => {})
      } catch (error) {
        await file.close()
        throw error
      }
      const sync = file.sync.bind(file)
      return Object.assign(file, { sync: () => step('sync', sync) })
    },
  }
  return { disk, done }
}

const idOf = async () => (await readManifest(out, { verifyHashes: true })).manifest.id

async function expectNewAndNothingElse() {
  const { manifest } = await readManifest(out, { verifyHashes: true })
  expect(manifest.id).toBe(NEW_ID)
  const names = allFiles(manifest).map(({ file }) => file)
  expect((await readdir(out)).toSorted()).toEqual([MANIFEST_FILE, ...names].toSorted())
}

test('a new manifest replaces an old one and takes its files away', async () => {
  await cp(old.dir, out, { recursive: true })
  await publishManifest(await finish(), out)
  await expectNewAndNothingElse()
})

describe('a disk that fails at any operation leaves one whole manifest', () => {
  test.each(['before', 'after'] as const)('over an old one, %s it is done', async moment => {
    let failures = 0
    for (let at = 1; ; at++) {
      await rm(out, { recursive: true, force: true })
      await cp(old.dir, out, { recursive: true })
      const { disk, done } = failing(at, moment)
      const error = await publishManifest(await finish(), out, disk).catch(thrown => thrown)
      const switched = done
        .slice(0, moment === 'before' ? -1 : undefined)
        .includes(`rename ${join(out, MANIFEST_FILE)}`)
      if (error === undefined) break
      failures++
      expect(error.message).toMatch(/ENOSPC/)
      expect(await idOf(), `${at}: ${done.at(-1)}`).toBe(switched ? NEW_ID : old.manifest.id)
      await publishManifest(await finish(), out)
      await expectNewAndNothingElse()
    }
    // For each file open, sync and rename; a few more around them.
    expect(failures).toBeGreaterThan(3 * Object.keys(old.manifest.files).length)
  })

  test('where there was none', async () => {
    for (let at = 1; ; at++) {
      await rm(out, { recursive: true, force: true })
      const { disk } = failing(at, 'before')
      const error = await publishManifest(await finish(), out, disk).catch(thrown => thrown)
      if (error === undefined) break
      await idOf().then(
        id => expect(id).toBe(NEW_ID),
        missing => expect(missing.message).toMatch(/manifest\.json: not found/),
      )
      await publishManifest(await finish(), out)
      await expectNewAndNothingElse()
    }
  })
})

describe('files that another program has open', () => {
  const busy = (path: string) => Object.assign(new Error(`EBUSY: ${path}`), { code: 'EBUSY', path })
  /** The disk, on which files of the old manifest cannot be replaced or removed. */
  const lockingDisk = (isLocked: (path: string) => boolean): PublishFiles => ({
    mkdir,
    open,
    readFile,
    readdir,
    rename: async (from, to) => {
      if (isLocked(String(to))) throw busy(String(to))
      await rename(from, to)
    },
    rm: async (path, options) => {
      if (isLocked(String(path))) throw busy(String(path))
      await rm(path, options)
    },
  })

  test('Parquet files stay if they are the same, and go the next time if they are not', async () => {
    await cp(old.dir, out, { recursive: true })
    const before = (await readdir(out)).toSorted()
    const disk = lockingDisk(
      path => path.endsWith('.parquet') && before.some(n => path.endsWith(n)),
    )
    await publishManifest(await finish(), out, disk)
    expect(await idOf()).toBe(NEW_ID)
    expect(await readdir(out)).toEqual(expect.arrayContaining(before))
    await publishManifest(await finish(), out)
    await expectNewAndNothingElse()
  })

  test('manifest.json is waited for', async () => {
    await cp(old.dir, out, { recursive: true })
    let tries = 0
    await publishManifest(
      await finish(),
      out,
      lockingDisk(path => path.endsWith(MANIFEST_FILE) && ++tries < 3),
    )
    await expectNewAndNothingElse()
  })

  test('a damaged file that stays open leaves the old manifest, and says what to do', async () => {
    await cp(old.dir, out, { recursive: true })
    const [same = ''] = (await readdir(await finish())).filter(name => name.endsWith('.parquet'))
    await writeFile(join(out, same), 'damaged')
    const disk = lockingDisk(path => path.endsWith(same))
    await expect(publishManifest(await finish(), out, disk)).rejects.toThrow(
      /another program has it open; stop the web server .* then run the command again/,
    )
    expect(await readFile(join(out, MANIFEST_FILE))).toEqual(
      await readFile(join(old.dir, MANIFEST_FILE)),
    )
  })
})

test('a folder with other files is refused untouched', async () => {
  await mkdir(out)
  await writeFile(join(out, 'notes.txt'), 'mine')
  await expect(publishManifest(await finish(), out)).rejects.toThrow(
    /holds "notes\.txt", which is not part of a manifest; choose an empty --out folder/,
  )
  expect(await readdir(out)).toEqual(['notes.txt'])
})
