import { createHash, randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { assertHash } from '../../lib/engine/parquet-files.browser.ts'

afterEach(() => vi.unstubAllGlobals())

const CONTENT = randomBytes(9_000_001)
const wanted = {
  url: 'http://127.0.0.1/a.parquet',
  bytes: CONTENT.length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  columns: [],
}
const damaged = Buffer.from(CONTENT)
damaged.writeUInt8(damaged.readUInt8(5_000_000) ^ 1, 5_000_000)

test.each(['secure', 'insecure'])('a flipped bit is noticed in a %s context', async context => {
  if (context === 'insecure') vi.stubGlobal('crypto', {})
  await assertHash(new Blob([CONTENT]), wanted)
  await expect(assertHash(new Blob([damaged]), wanted)).rejects.toThrow('listed hash')
})
