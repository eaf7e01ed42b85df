import type { DatasetRow, Dimensions, LabelRow } from '../filter/dimensions'
import { currentManifest } from '../manifest/current-manifest.node.ts'
import { openFolder } from '../manifest/open-manifest.node.ts'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { readDimensions } from '../queries/dimensions'
import { datasetExtents, labelExtents, type NameExtent } from '../queries/name-extents'

/** What the server knows of a manifest's names beside the summary. */
interface Names extends Dimensions {
  readonly datasetExtents: ReadonlyMap<string, NameExtent>
  readonly labelExtents: ReadonlyMap<string, NameExtent>
}

/** A dataset that a manifest lists. */
export interface NamedDataset {
  readonly row: DatasetRow
  /** Null if it has no image. */
  readonly extent: NameExtent | null
}

/** A label name that a manifest lists. */
export interface NamedLabel {
  /** A row for each meaning of the name, at least one. */
  readonly meanings: readonly LabelRow[]
  /** Null if no mask has it. */
  readonly extent: NameExtent | null
}

let current: { id: string; names: Promise<Names> } | undefined

/**
 * A dataset of the shown manifest, with or without images; null if it lists none of that name.
 *
 * @throws UserError as `currentManifest`.
 */
export async function namedDataset(name: string): Promise<NamedDataset | null> {
  const { datasets, datasetExtents } = await manifestNames()
  const row = datasets.find(({ dataset }) => dataset === name)
  return row ? { row, extent: datasetExtents.get(name) ?? null } : null
}

/**
 * A label of the shown manifest, union labels included, which the summary does not count; null if
 * it lists none of that name.
 *
 * @throws UserError as `currentManifest`.
 */
export async function namedLabel(name: string): Promise<NamedLabel | null> {
  const { labels, labelExtents } = await manifestNames()
  const meanings = labels.filter(({ label }) => label === name)
  return meanings.length > 0 ? { meanings, extent: labelExtents.get(name) ?? null } : null
}

/** Read once per manifest. */
async function manifestNames(): Promise<Names> {
  const folder = await currentManifest()
  const { id } = folder.manifest
  if (current?.id !== id) {
    const names = readNames(folder)
    current = { id, names }
    // A failure is not kept: the next visitor's request tries again.
    names.catch(() => {
      if (current?.names === names) current = undefined
    })
  }
  return current.names
}

/** What names and their extents are read from. */
export const NAME_TABLES = [
  ...(['datasets', 'submodalities', 'labels', 'cube_images', 'cube_labels'] as const),
]

async function readNames(folder: ManifestFolder): Promise<Names> {
  const { engine } = await openFolder(folder, NAME_TABLES)
  try {
    return {
      ...(await readDimensions(engine)),
      datasetExtents: await datasetExtents(engine),
      labelExtents: await labelExtents(engine),
    }
  } finally {
    engine.close()
  }
}
