import { resolve } from 'node:path'
import { command } from '../lib/command-name.node.ts'
import { writeReference } from '../lib/reference/generate.node.ts'
import type { Effects } from './effects'
import { withPartialFolders } from './partial-folders'
import { progressOf } from './progress'

export interface ReferenceOptions {
  readonly out: string
  /** Share of the full size, above 0 and at most 1. */
  readonly scale: number
  /** Write one file per modality and dataset, so that other programs can read only some. */
  readonly partition?: boolean
}

/** `samed2d reference`: writes the simulated manifest. */
export async function reference(
  { out, scale, partition = false }: ReferenceOptions,
  effects: Effects,
  write: (options: {
    out: string
    scale: number
    partition: boolean
    log: Effects['log']
    onImages: (images: number, total: number) => void
  }) => Promise<unknown> = writeReference,
): Promise<void> {
  const dir = resolve(out)
  const onImages = progressOf(effects, { label: 'Simulating', unit: 'images' })
  await withPartialFolders(dir, effects, () =>
    write({ out: dir, scale, partition, log: effects.log, onImages }),
  )
  effects.log(`${dir}: written; view it with ${command('serve', '--manifest', out)}`)
}
