import type { CommandPlace } from '../command-line'
import { count } from '../cube/count'
import type { Cube } from '../cube/cube'
import { CUBE_TABLES } from '../cube/cube-of'
import { planCount } from '../cube/planner'
import { readCube } from '../cube/read-cube.node.ts'
import type { Dimensions } from '../filter/dimensions'
import { isEmpty } from '../filter/filter'
import { knownValues } from '../filter/known-values'
import { formatFilter, parseFilter } from '../filter/query-string'
import { readDimensions } from '../queries/dimensions'
import { datasetExtents, labelExtents } from '../queries/name-extents'
import { openFolder } from '../store/open-manifest.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { FilteredCounts, FirstAnswers, ManifestNames, PageManifest } from './first-answers'

/** The tables that first answers are read from. */
export const FIRST_TABLES = [...(['datasets', 'submodalities', 'labels'] as const), ...CUBE_TABLES]

/** First answers of one manifest. */
export interface FirstSource {
  readonly folder: ManifestFolder
  /**
   * The data of a page's first paint.
   *
   * @param query Query string of the URL, with or without "?". Parts that the page reports as problems are
   *   ignored.
   */
  answers(query: string): FirstAnswers
  /** Whether the manifest has a dataset or a label of that name. */
  has(kind: 'datasets' | 'labels', name: string): boolean
}

/**
 * Read names and cubes of a manifest into memory: some 30 MB and a second at full size.
 *
 * @param place How pages print commands.
 * @throws UserError if a file does not exist or is damaged.
 */
export async function openFirst(folder: ManifestFolder, place: CommandPlace): Promise<FirstSource> {
  const { engine } = await openFolder(folder, FIRST_TABLES)
  try {
    const dimensions = await readDimensions(engine)
    const names: ManifestNames = {
      ...dimensions,
      datasetExtents: Object.fromEntries(await datasetExtents(engine)),
      labelExtents: Object.fromEntries(await labelExtents(engine)),
    }
    const cube = await readCube(engine)
    const manifest = pageManifest(folder)
    const known = {
      datasets: new Set(names.datasets.map(row => row.dataset)),
      labels: new Set(names.labels.map(row => row.label)),
    }
    return {
      folder,
      answers: query => {
        const filtered = filteredCounts(query, cube, dimensions)
        return { manifest, names, filtered, place }
      },
      has: (kind, name) => known[kind].has(name),
    }
  } finally {
    engine.close()
  }
}

function pageManifest({ manifest, url }: ManifestFolder): PageManifest {
  const { id, name, simulated, created, source, files, summary } = manifest
  const { rejects, measured, duplicates, imageSplit } = manifest
  return {
    id,
    name,
    simulated,
    created,
    source,
    files,
    summary,
    rejects,
    measured,
    duplicates,
    imageSplit,
    baseUrl: url ?? '/manifest/',
  }
}

/** Counts of the filter; null if the summary has them, or if only the rows are exact. */
function filteredCounts(query: string, cube: Cube, dimensions: Dimensions): FilteredCounts | null {
  const { filter } = knownValues(parseFilter(query).filter, dimensions)
  if (isEmpty(filter) || planCount(filter).path !== 'cubes') return null
  return {
    key: formatFilter(filter),
    counts: count({ cube, rows: null, dimensions }, filter),
  }
}
