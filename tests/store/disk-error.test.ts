import { expect, test } from 'vitest'
import { QueryError, UserError } from '../../lib/errors'
import { diskError } from '../../lib/store/disk-error'

const say = (error: unknown) => diskError(error, 'out') as Error

test.each([
  ['ENOSPC: no space left on device, write'],
  ['Failed to append: Failed to commit: Could not write file "a.wal": No space left on device'],
  [
    "Out of Memory Error: failed to offload data block of size 256.0 KiB (9.9 GiB/9.9 GiB used).\nThis limit was set by the 'max_temp_directory_size' setting.",
  ],
])('full: %s', text => {
  const error = say(new QueryError('SELECT 1', new Error(text)))
  expect(error).toBeInstanceOf(UserError)
  expect(error.message).toMatch(
    /^out: no space left .*; free disk space, or choose an --out folder/,
  )
  expect(error.message).not.toMatch(/SELECT|\n/)
  expect(error.cause).toBeInstanceOf(QueryError)
})

test.each([
  [
    new Error(
      'TransactionContext Error: Failed to commit: Could not write file "a": File too large',
    ),
  ],
  [new Error('IO Error: Could not read from file "a": Input/output error')],
  [
    Object.assign(new Error('EACCES: permission denied, mkdir'), {
      code: 'EACCES',
      syscall: 'mkdir',
    }),
  ],
  [
    Object.assign(new Error('EROFS: read-only file system, open'), {
      code: 'EROFS',
      syscall: 'open',
    }),
  ],
])('failing: %s', cause => {
  expect(say(cause).message).toMatch(
    /^out: cannot be written \(.*check the disk and its permissions/,
  )
})

test.each([
  [
    'Out of Memory Error: could not allocate block of size 256.0 KiB (95.1 MiB/95.3 MiB used)\n\nPossible',
    /not enough memory .*; close other programs and run the command again/,
  ],
  [
    'INTERNAL Error: Attempted to access index 3 within vector of size 3\nStack',
    /DuckDB failed .*; run the command again; if it fails again, please report/,
  ],
  [
    'FATAL Error: Failed: database has been invalidated because of a previous fatal error',
    /DuckDB failed/,
  ],
])('the engine: %s', (text, words) => {
  const { message } = say(new QueryError('SELECT 1', new Error(text)))
  expect(message).toMatch(words)
  expect(message).toMatch(/^out: .*; an existing manifest there is unchanged$/)
  expect(message).not.toMatch(/SELECT/)
})

test('a mount point', () => {
  const error = Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' })
  expect(say(error).message).toMatch(
    /^out: the folder is a mount point of another disk; choose a folder inside it/,
  )
})

test('what is no fault of the disk stays what it is', () => {
  for (const error of [
    new TypeError('x is undefined'),
    new UserError('IO Error'),
    'IO Error',
    null,
  ])
    expect(diskError(error, 'out')).toBe(error)
})
