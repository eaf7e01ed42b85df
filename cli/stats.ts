import { axisNames, axisSummary } from '../lib/axes/axis-summary'
import { VOLUME_AXES, type VolumeAxis } from '../lib/axes/axis-words'
import type { Plane } from '../lib/axes/known-axes'
import type { Counts } from '../lib/counts/counts'
import { selectedDatasets } from '../lib/counts/selected-datasets'
import { count } from '../lib/cube/count'
import { planCount } from '../lib/cube/planner'
import { readCube } from '../lib/cube/read-cube.node.ts'
import { askedFilter } from '../lib/filter/asked-filter'
import { type Filter, selectsMasks } from '../lib/filter/filter'
import { hasUnionFacet } from '../lib/filter/merged'
import { formatFilter } from '../lib/filter/query-string'
import { resolveFilter } from '../lib/filter/selection'
import { countOf, formatBytes, formatCount } from '../lib/format'
import { NOT_MEASURED_CODES } from '../lib/manifest/quality'
import { countLabels } from '../lib/queries/count-labels'
import { countRows } from '../lib/queries/count-rows'
import { readDimensions } from '../lib/queries/dimensions'
import { type FlagCount, qualityCounts } from '../lib/queries/quality-counts'
import { countCases } from '../lib/queries/totals'
import { openManifest } from '../lib/store/open-manifest.node.ts'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { withUnions } from './unions-option'

export interface StatsOptions {
  readonly manifest: string
  /** Filter, as in the page's URL. */
  readonly where?: string
  /** Other name of `union=0,1` in `where`. */
  readonly unions?: boolean
  readonly json?: boolean
}

/** What `stats --json` prints. */
export interface Stats {
  readonly images: number
  readonly masks: number
  readonly datasets: number
  readonly labels: number
  readonly cases: number
  readonly patients: number
  /** Of the images' PNGs; null unless the size of every selected image is known. */
  readonly bytes: number | null
  /** Flags of selected images and masks that measuring found; null for what is not measured. */
  readonly quality: readonly FlagCount[] | null
  /** Selected images and masks that measuring left out, by reason; null for what is not measured. */
  readonly notMeasured: readonly FlagCount[] | null
  readonly facets: Counts['facets']
  /** Which plane slices along an axis are, in the selected datasets of which it is known. */
  readonly axisNames: readonly AxisNameRow[]
}

export interface AxisNameRow {
  readonly axis: VolumeAxis
  readonly name: Plane
  readonly known: 'seen' | 'presumed'
  readonly datasets: readonly string[]
}

/** `samed2d stats`: the numbers that the page shows for the same filter. */
export async function stats(
  { manifest: dir, where = '', unions = false, json = false }: StatsOptions,
  effects: Pick<Effects, 'write' | 'log'>,
): Promise<void> {
  const { engine, manifest } = await openManifest(dir)
  try {
    const dimensions = await readDimensions(engine)
    const asked = unions ? withUnions(where, effects) : where
    const filter = askedFilter(asked, dimensions, '--where')
    const selection = resolveFilter(filter, dimensions)
    const { totals, facets } =
      planCount(filter).path === 'cubes'
        ? count({ cube: await readCube(engine), rows: null, dimensions }, filter)
        : await countRows(engine, dimensions, filter)
    const found = manifest.files.quality ? await qualityCounts(engine, selection) : null
    const datasets = selectedDatasets(filter, facets.dataset)
    const result: Stats = {
      images: totals.images,
      masks: totals.masks,
      datasets: totals.datasets,
      labels: await countLabels(engine, selection),
      ...(await countCases(engine, selection)),
      bytes: totals.sizedImages === totals.images ? totals.bytes : null,
      quality: found?.filter(({ flag }) => !isReason(flag)) ?? null,
      notMeasured: found?.filter(({ flag }) => isReason(flag)) ?? null,
      facets,
      axisNames: axisNameRows(datasets),
    }
    const title = `${manifest.name}${manifest.simulated ? ' (simulated)' : ''}, ${formatFilter(filter) || 'everything'}`
    const hasMerged = dimensions.labels.some(row => row.is_union)
    const notes = hasMerged ? leftOut(filter) : []
    effects.write(json ? jsonText(result) : asText(title, result, datasets, notes))
  } finally {
    engine.close()
  }
}

/** Where merged masks are not counted, in a line. */
function leftOut(filter: Filter): string[] {
  if (hasUnionFacet(filter)) return []
  return selectsMasks(filter)
    ? ['  merged masks that the filter does not name are not counted; union=0,1 counts them']
    : ['  merged masks are not counted by region and organ; union=0,1 counts them']
}

const axisNameRows = (datasets: readonly string[]): AxisNameRow[] =>
  VOLUME_AXES.flatMap(axis =>
    axisNames(axis, datasets).map(({ plane, presumed, datasets }) => ({
      axis,
      name: plane,
      known: presumed ? 'presumed' : 'seen',
      datasets,
    })),
  )

/**
 * @param datasets Those that are selected.
 * @param notes Lines that say what is counted.
 */
function asText(
  title: string,
  stats: Stats,
  datasets: readonly string[],
  notes: readonly string[],
): string {
  const lines = [
    title,
    `  ${countOf(stats.images, 'image')}, ${countOf(stats.masks, 'mask')}`,
    `  ${countOf(stats.datasets, 'dataset')}, ${countOf(stats.cases, 'case')} of ${countOf(stats.patients, 'patient')}, ${countOf(stats.labels, 'label')}`,
    `  ${stats.bytes === null ? 'size unknown until measured' : `${formatBytes(stats.bytes)} of images as PNG`}`,
  ]
  if (stats.quality) lines.push(`  flagged: ${stats.quality.map(flagText).join(', ') || 'none'}`)
  if (stats.notMeasured && stats.notMeasured.length > 0)
    lines.push(`  not measured: ${stats.notMeasured.map(flagText).join(', ')}`)
  lines.push(...notes)
  for (const name of ['modality', 'axis', 'region', 'organ', 'dataset', 'flag'] as const) {
    const rows = [...stats.facets[name]].sort((a, b) => b.images - a.images)
    const nameOf = (value: string) => (name === 'axis' ? axisName(value, datasets) : value)
    const width = Math.max(...rows.map(row => nameOf(row.value).length), name.length)
    lines.push('', `${name.padEnd(width)} ${'images'.padStart(12)} ${'masks'.padStart(12)}`)
    for (const { value, images, masks } of rows)
      lines.push(
        `${nameOf(value).padEnd(width)} ${formatCount(images).padStart(12)} ${formatCount(masks).padStart(12)}`,
      )
  }
  return `${lines.join('\n')}\n`
}

const isReason = (flag: string) => NOT_MEASURED_CODES.some(code => code === flag)

/** "x · axial", with the number of datasets where that is not all of them. */
function axisName(value: string, datasets: readonly string[]): string {
  const axis = VOLUME_AXES.find(one => one === value)
  if (axis === undefined) return value
  const { text, note } = axisSummary(axis, datasets)
  return note === undefined ? text : `${text} (${note})`
}

const flagText = ({ of, flag, n }: FlagCount) => `${countOf(n, of)} ${flag}`
