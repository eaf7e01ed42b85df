import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    // Native DuckDB and rendering share two cores with whatever else runs.
    testTimeout: 30_000,
  },
})
