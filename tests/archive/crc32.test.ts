import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32ByTable } from '../../lib/archive/crc32'
import { crc32 } from '../../lib/archive/crc32.node.ts'

test('the check value of CRC-32', () => {
  const bytes = Buffer.from('123456789')
  expect(crc32(bytes)).toBe(0xcbf43926)
  expect(crc32ByTable(bytes)).toBe(0xcbf43926)
})

test('both ways agree, in one piece or two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      const whole = crc32ByTable(bytes)
      expect(whole).toBe(crc32(bytes))
      expect(crc32ByTable(bytes.subarray(cut), crc32ByTable(bytes.subarray(0, cut)))).toBe(whole)
    }),
  )
})
