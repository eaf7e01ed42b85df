import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { processStart } from '../../../lib/store/process-start.node.ts'
import { lockFetch } from '../../../lib/subset/fetch/fetch-lock.node.ts'
import { temporaryFolder } from '../../archive/temporary-archive'

const place = async () => join(await temporaryFolder(), 'lock')

/** No process has this number. */
const ENDED = 4_194_999

const holder = (more: object) =>
  JSON.stringify({ pid: ENDED, start: null, host: hostname(), token: 'old', ...more })

const OLD_LOCKS: [string, string | null][] = [
  ['none', null],
  ['of an earlier version', String(ENDED)],
  ['of a process that ended', holder({})],
  ['of an earlier process with the number of this one', holder({ pid: process.pid, start: 'x 1' })],
]

test.each(OLD_LOCKS)('of many at once, exactly one gets the lock: %s', async (_, old) => {
  const path = await place()
  for (let round = 0; round < 20; round++) {
    if (old !== null) await writeFile(path, old)
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, () => lockFetch(path, 'out')),
    )
    const got = results.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
    expect(got).toHaveLength(1)
    for (const each of results)
      if (each.status === 'rejected')
        expect(each.reason.message).toBe(
          `out: another fetch (process ${process.pid}) is writing there; wait for it, or stop it`,
        )
    await got[0]?.()
    expect(await readdir(join(path, '..'))).toEqual([])
  }
})

test('locks that were taken and given back at random are never held twice', async () => {
  const path = await place()
  let held = 0
  let most = 0
  let times = 0
  const worker = async (seed: number) => {
    for (let i = 0; i < 30; i++) {
      try {
        const unlock = await lockFetch(path, 'out')
        most = Math.max(most, ++held)
        times++
        await wait((seed * 7 + i) % 3)
        held--
        // As a process that is killed leaves it.
        if ((seed + i) % 5 === 0) await writeFile(path, holder({ token: `${seed}-${i}` }))
        else await unlock()
      } catch (error) {
        expect(String(error)).toMatch(/another fetch/)
        await wait(1)
      }
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, i) => worker(i)))
  expect(most).toBe(1)
  expect(times).toBeGreaterThan(6)
})

test('a lock of another machine is kept, and the file is named', async () => {
  const path = await place()
  await writeFile(path, holder({ host: 'elsewhere' }))
  await expect(lockFetch(path, 'out')).rejects.toThrow(
    `out: another fetch (process ${ENDED} on elsewhere) is writing there; wait for it, or if it has ended, remove ${path}`,
  )
})

test('an empty lock is of a process that starts, and later of one that ended', async () => {
  const path = await place()
  await writeFile(path, '')
  await expect(lockFetch(path, 'out')).rejects.toThrow(/another fetch is starting there; try again/)
  const minuteAgo = new Date(Date.now() - 60_000)
  await utimes(path, minuteAgo, minuteAgo)
  const unlock = await lockFetch(path, 'out')
  await unlock()
  expect(await readdir(join(path, '..'))).toEqual([])
})

test.each(['exit', 'SIGTERM', 'SIGKILL'])('a process that ends by %s', async how => {
  const path = await place()
  const script = `import { lockFetch } from ${JSON.stringify(join(process.cwd(), 'lib/subset/fetch/fetch-lock.node.ts'))}
    process.on('SIGTERM', () => process.exit(143))
    await lockFetch(${JSON.stringify(path)}, 'out')
    process.stdout.write('locked')
    process.stdin.once('data', () => process.exit(0))`
  const file = join(path, '..', 'hold.mts')
  await writeFile(file, script)
  const child = spawn(process.execPath, ['--import', 'tsx', file], { cwd: process.cwd() })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    pid: child.pid,
    start: processStart(child.pid as number),
  })
  await expect(lockFetch(path, 'out')).rejects.toThrow(`(process ${child.pid})`)
  const ended = once(child, 'close')
  if (how === 'exit') child.stdin.write('x')
  else child.kill(how as 'SIGTERM')
  await ended
  const left = (await readdir(join(path, '..'))).filter(name => name !== 'hold.mts')
  expect(left).toEqual(how === 'SIGKILL' ? ['lock'] : [])
  await (await lockFetch(path, 'out'))()
})
