import type { Counts } from '../lib/counts/counts'
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
    }
    const title = `${manifest.name}${manifest.simulated ? ' (simulated)' : ''}, ${formatFilter(filter) || 'everything'}`
    const hasMerged = dimensions.labels.some(row => row.is_union)
    effects.write(json ? jsonText(result) : asText(title, result, hasMerged ? leftOut(filter) : []))
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

/** @param notes Lines that say what is counted. */
function asText(title: string, stats: Stats, notes: readonly string[]): string {
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
    const width = Math.max(...rows.map(row => row.value.length), name.length)
    lines.push('', `${name.padEnd(width)} ${'images'.padStart(12)} ${'masks'.padStart(12)}`)
    for (const { value, images, masks } of rows)
      lines.push(
        `${value.padEnd(width)} ${formatCount(images).padStart(12)} ${formatCount(masks).padStart(12)}`,
      )
  }
  return `${lines.join('\n')}\n`
}

const isReason = (flag: string) => NOT_MEASURED_CODES.some(code => code === flag)

const flagText = ({ of, flag, n }: FlagCount) => `${countOf(n, of)} ${flag}`
