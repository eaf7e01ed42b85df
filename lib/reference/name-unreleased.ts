import type { PlannedDataset } from './plan'
import { labelPool, type PlannedLabel } from './plan-labels'
import type { UnreleasedSize } from './split-group'

/** What an unreleased dataset is made of, besides its size. */
export interface UnreleasedDataset {
  readonly dataset: string
  readonly size: UnreleasedSize
  readonly shape: string
  readonly caseName: string
  readonly submodalities: readonly string[]
  readonly labels: readonly PlannedLabel[]
}

const HEAD_SEQUENCES = [['mr_t1w', 'mr_t2w'], ['mr_t1'], ['mr_flair', 'mr_t1'], ['mr_t2']]
const BODY_SEQUENCES = [['mr_00'], ['mr_t1'], ['mr_t2']]

/** Below this many images a volume dataset consists of thick slices. */
const THIN_BELOW = 4000

function looks({ modality, structures, images }: UnreleasedSize, index: number) {
  const isThin = images < THIN_BELOW
  switch (modality) {
    case 'CT':
      return { shape: isThin ? 'ct-thin' : 'ct', submodalities: ['ct_00'] }
    case 'MR': {
      const isHead = structures.includes('Head and Neck')
      const sequences = isHead ? HEAD_SEQUENCES : BODY_SEQUENCES
      return {
        shape: isThin ? 'mr-thin' : isHead ? 'mr-cube' : 'mr-body',
        submodalities: sequences[index % sequences.length] as string[],
      }
    }
    case 'X-ray':
      return { shape: 'xray', submodalities: ['x_ray'] }
    case 'Fundus photography':
      return { shape: 'fundus', submodalities: ['fundus_photography'] }
    default: {
      const code = modality.toLowerCase()
      return { shape: code, submodalities: [`${code}_00`] }
    }
  }
}

/** How many labels per structure suit a dataset's masks per image. */
const labelsWanted = ({ masks, images, structures }: UnreleasedSize): number =>
  Math.max(1, Math.ceil((1.6 * masks) / images / structures.length))

/** Names a dataset may use for each of its structures, the most fitting first. */
function candidates(sizes: readonly UnreleasedSize[]): string[][][] {
  // Datasets of a kind start at different names of the same pool, the largest at its first.
  const starts = new Map<string, number>()
  const result: string[][][] = sizes.map(() => [])
  for (const i of bySize(sizes)) {
    const size = sizes[i] as UnreleasedSize
    result[i] = size.structures.map(structure => {
      const pool = labelPool(size.modality, structure, size.structures)
      const key = pool.join()
      const start = (starts.get(key) ?? 0) % pool.length
      starts.set(key, start + labelsWanted(size))
      return [...pool.slice(start), ...pool.slice(0, start)]
    })
  }
  return result
}

/** Positions of the datasets, the one with the most masks first. */
const bySize = (sizes: readonly UnreleasedSize[]): number[] =>
  [...sizes.entries()].sort(([, a], [, b]) => b.masks - a.masks).map(([i]) => i)

/**
 * Give the unreleased datasets names, shapes and labels, so that known and unreleased datasets
 * together carry exactly `labels` distinct label names.
 *
 * @throws Error if the pools hold too few names, or one name per structure is already too many.
 */
export function nameUnreleased(
  sizes: readonly UnreleasedSize[],
  known: readonly PlannedDataset[],
  labels: number,
): UnreleasedDataset[] {
  const names = new Set(known.flatMap(dataset => dataset.labels.map(([name]) => name)))
  const pools = candidates(sizes)
  // Every structure gets a label first; then the largest datasets choose, while names are left.
  const chosen = pools.map(structures => structures.map(([first]) => new Set([first as string])))
  for (const own of chosen.flat()) for (const name of own) names.add(name)
  for (const i of bySize(sizes)) {
    pools[i]?.forEach((pool, s) => {
      const own = chosen[i]?.[s] as Set<string>
      for (const name of pool) {
        if (own.size >= labelsWanted(sizes[i] as UnreleasedSize)) break
        if (names.size >= labels && !names.has(name)) continue
        names.add(name)
        own.add(name)
      }
    })
  }
  if (names.size !== labels) throw new Error(`${names.size} label names instead of ${labels}`)
  return sizes.map((size, i) => {
    const number = String(i + 1).padStart(2, '0')
    return {
      dataset: `Unreleased ${number}`,
      size,
      ...looks(size, i),
      caseName: 'case_{00000}',
      labels: [...new Set((chosen[i] ?? []).flatMap(own => [...own]))]
        .sort()
        .map((name): PlannedLabel => [name, 0.9]),
    }
  })
}
