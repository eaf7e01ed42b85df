import { expect, test } from 'vitest'
import { isLocked, retryLocked } from '../lib/retry-locked.node.ts'

const failure = (code: string) => Object.assign(new Error(code), { code })

/** Work that fails with some codes, one after the other, and then succeeds. */
function failing(...codes: string[]) {
  const tries = { count: 0 }
  const work = async () => {
    const code = codes[tries.count++]
    if (code) throw failure(code)
    return 'done'
  }
  return { work, tries }
}

test('a file that is locked for a moment is tried again', async () => {
  const { work, tries } = failing('EBUSY', 'EBUSY')
  expect(await retryLocked(work, [1, 1, 1])).toBe('done')
  expect(tries.count).toBe(3)
})

test('one that stays locked ends with its own error', async () => {
  const { work, tries } = failing('EBUSY', 'EBUSY', 'EBUSY', 'EBUSY')
  await expect(retryLocked(work, [1, 1])).rejects.toThrow('EBUSY')
  expect(tries.count).toBe(3)
})

test('other failures are not tried again', async () => {
  const { work, tries } = failing('ENOSPC')
  await expect(retryLocked(work, [1, 1])).rejects.toThrow('ENOSPC')
  expect(tries.count).toBe(1)
})

test('a missing permission is a lock on Windows only', () => {
  expect(['EPERM', 'EACCES'].map(code => isLocked(failure(code), 'win32'))).toEqual([true, true])
  expect(['EPERM', 'EACCES'].map(code => isLocked(failure(code), 'linux'))).toEqual([false, false])
})
