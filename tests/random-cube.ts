import type { Cube } from '../lib/cube/cube'
import { readCube } from '../lib/cube/read-cube.node.ts'
import { readRows } from '../lib/cube/read-rows.node.ts'
import type { Rows } from '../lib/cube/rows'
import { type RandomRelease, randomRelease } from './random-release'

/** A random release as the page has it in memory; its staging is the caller's to dispose of. */
export interface RandomCube {
  readonly release: RandomRelease
  readonly cube: Cube
  readonly rows: Rows
}

export async function randomCube(...args: Parameters<typeof randomRelease>): Promise<RandomCube> {
  const release = await randomRelease(...args)
  const { engine } = release.staging
  const cube = await readCube(engine)
  return { release, cube, rows: await readRows(engine, cube) }
}
