import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    // Native DuckDB and rendering share two cores with whatever else runs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest's own choice leaves one core idle, which is half of two.
    maxWorkers: '100%',
    env: { TMPDIR: temporaryFolder() },
  },
})

/** In memory where there is plenty: every manifest written is flushed to disk, file by file. */
function temporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2e9 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
