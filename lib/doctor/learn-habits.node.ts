import { LOCAL_BYTES } from '../archive/local-header'
import type { Copy } from './copy.node.ts'
import { differences, type Habits, habitsOf, parseLocal } from './local'
import type { DirectoryRecord } from './records.node.ts'
import { statedStart } from './walk.node.ts'

/** What is the same in the sampled local headers of a copy. Headers without their name are left out. */
export async function learnHabits(
  copy: Copy,
  samples: Iterable<readonly DirectoryRecord[]>,
): Promise<Habits> {
  const seen: Parameters<typeof habitsOf>[0][number][] = []
  for (const records of samples)
    for (const record of records) {
      const start = statedStart(copy, record)
      if (start === null) continue
      const end = Math.min(copy.parts.size, start + LOCAL_BYTES + record.name.length + 0x400)
      const bytes = await copy.read({ start, end })
      if (bytes.length < LOCAL_BYTES + record.name.length) continue
      const local = parseLocal(bytes)
      const differs = differences(bytes, local, record)
      if (differs.has('signature') || differs.has('name')) continue
      const extraBytes = local.length - LOCAL_BYTES - local.nameBytes
      seen.push({ differs, shape: local.shape, extraBytes })
    }
  return habitsOf(seen)
}
