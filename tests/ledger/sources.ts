import type { LedgerSource } from '../../lib/ledger/source'
import type { FacetCount } from '../../lib/manifest/manifest'
import { type PlannedDataset, REFERENCE_PLAN } from '../../lib/reference/plan'

const file = { file: 'rejects-0123456789abcdef.parquet', rows: 0, bytes: 1, sha256: '0'.repeat(64) }

const row = (value: string, images: number, masks: number): FacetCount => ({ value, images, masks })

/** A manifest of these datasets, modalities and labels; all else as a sound, real one. */
export function sourceOf(
  facets: Record<string, readonly FacetCount[]>,
  more: Partial<LedgerSource> = {},
): LedgerSource {
  const sum = (of: 'images' | 'masks') =>
    (facets.dataset ?? []).reduce((total, one) => total + one[of], 0)
  const totals = {
    images: sum('images'),
    masks: sum('masks'),
    cases: 7,
    patients: 5,
    bytes: 0,
    sizedImages: 0,
  }
  const counts = {
    datasets: facets.dataset?.length ?? 0,
    labels: facets.label?.length ?? 0,
    organs: facets.organ?.length ?? 0,
  }
  return {
    name: 'release',
    id: '0'.repeat(64),
    source: '/release',
    simulated: false,
    rejects: {},
    files: { rejects: [file] },
    summary: { totals: { ...totals, ...counts }, facets, areas: [], sizes: [] },
    ...more,
  }
}

/** The reference manifest at full size, counted from its plan. */
export function referenceSource(): LedgerSource {
  const parts = REFERENCE_PLAN.flatMap(dataset => dataset.parts)
  const submodalities = parts.flatMap(part => part.submodalities)
  const source = sourceOf(
    {
      dataset: REFERENCE_PLAN.map(dataset => row(dataset.dataset, ...sizeOf(dataset))),
      modality: grouped(parts.map(part => [part.modality, part.submodalities])),
      submodality: grouped(submodalities.map(one => [one[0], [one]])),
      datasetStructure: grouped(
        REFERENCE_PLAN.flatMap(dataset =>
          dataset.structures.map(
            name => [name, dataset.parts.flatMap(part => part.submodalities)] as const,
          ),
        ),
      ),
    },
    { simulated: true },
  )
  const names = new Set(REFERENCE_PLAN.flatMap(({ labels }) => labels.map(([name]) => name)))
  const totals = { ...source.summary.totals, labels: names.size, organs: 31 }
  return { ...source, summary: { ...source.summary, totals } }
}

type Planned = PlannedDataset['parts'][number]['submodalities']

const sumOf = (rows: Planned): [number, number] => [
  rows.reduce((sum, [, images]) => sum + images, 0),
  rows.reduce((sum, [, , masks]) => sum + masks, 0),
]

const sizeOf = ({ parts }: PlannedDataset) => sumOf(parts.flatMap(part => part.submodalities))

function grouped(rows: readonly (readonly [string, Planned])[]): FacetCount[] {
  const groups = new Map<string, Planned>()
  for (const [name, planned] of rows) groups.set(name, [...(groups.get(name) ?? []), ...planned])
  return [...groups].map(([name, planned]) => row(name, ...sumOf(planned)))
}
