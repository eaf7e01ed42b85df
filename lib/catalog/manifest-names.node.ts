import type { Dimensions, LabelRow } from '../filter/dimensions'
import { openManifest } from '../manifest/open-manifest.node.ts'
import { currentManifest } from '../manifest/read-manifest.node.ts'
import { readDimensions } from '../queries/dimensions'

let current: { id: string; names: Promise<Dimensions> } | undefined

/**
 * Every dataset, sub-modality and label that the shown manifest lists, with or without images, and
 * with the union labels that its summary does not count. Read once per manifest.
 *
 * @throws UserError as `currentManifest`.
 */
export async function manifestNames(): Promise<Dimensions> {
  const { dir, manifest } = await currentManifest()
  if (current?.id !== manifest.id) {
    const names = readNames(dir)
    current = { id: manifest.id, names }
    // A failure is not kept: the next visitor's request tries again.
    names.catch(() => {
      if (current?.names === names) current = undefined
    })
  }
  return current.names
}

/** Whether the shown manifest lists a dataset. */
export const hasDataset = async (name: string): Promise<boolean> =>
  (await manifestNames()).datasets.some(row => row.dataset === name)

/** All meanings that a label name has in the shown manifest; none if it lists no such label. */
export const labelMeanings = async (name: string): Promise<LabelRow[]> =>
  (await manifestNames()).labels.filter(row => row.label === name)

async function readNames(dir: string): Promise<Dimensions> {
  const { engine } = await openManifest(dir)
  try {
    return await readDimensions(engine)
  } finally {
    engine.close()
  }
}
