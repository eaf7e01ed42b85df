/**
 * Writes data/reference-plan.json. Run after a change of the published numbers or the estimates:
 *
 *     npx tsx lib/reference/solve-plan.node.ts
 *
 * Needs the dev dependency `highs` and about a minute; reading the plan needs neither.
 */
import { writeFileSync } from 'node:fs'
import { classifyLabel } from '../taxonomy/classify-label'
import { meanCapacity, shapeOf } from './case-shape'
import { SEEDS } from './model-known'
import { nameUnreleased } from './name-unreleased'
import type { PlannedDataset, PlannedPart, PlannedSubmodality } from './plan'
import { plannedClassIds, plannedLabels } from './plan-labels'
import { type SolvedPart, solvePlanModel } from './plan-model.node.ts'
import { type PublishedFacts, readPublishedFacts } from './published-facts.node.ts'
import { splitGroup, type UnreleasedSize } from './split-group'

/** Volumes fill at most this share of the slices they could give. */
const FILLED = 0.6

/** Make whole numbers exact again after rounding: the difference goes where it is felt least. */
function settle(facts: PublishedFacts, parts: SolvedPart[], unreleased: UnreleasedSize[]): void {
  const largest = <T extends { images: number }>(sizes: T[]): T => {
    const [first, ...rest] = sizes
    if (first === undefined) throw new Error('nothing to settle a difference on')
    return rest.reduce((a, b) => (b.images > a.images ? b : a), first)
  }
  const sum = (
    sizes: readonly UnreleasedSize[] | readonly SolvedPart[],
    kind: 'images' | 'masks',
  ) => sizes.reduce((total, size) => total + size[kind], 0)
  for (const kind of ['images', 'masks'] as const) {
    if (kind === 'images') {
      const released = largest(parts.filter(part => part.modality === 'MR'))
      released.images += facts.released.images - sum(parts, 'images')
    }
    for (const row of facts.modalities) {
      const known = parts.filter(part => part.modality === row.modality)
      const ours = unreleased.filter(size => size.modality === row.modality)
      const target = ours.length > 0 ? largest(ours) : largest(known)
      target[kind] += row[kind] - sum(known, kind) - sum(ours, kind)
    }
  }
}

/** Spread a part's counts over its sub-modalities: equal slices, equal masks, to one. */
function spread(codes: readonly string[], images: number, masks: number): PlannedSubmodality[] {
  const cut = (total: number, i: number) =>
    Math.ceil((total * (codes.length - i)) / codes.length) -
    Math.ceil((total * (codes.length - i - 1)) / codes.length)
  const slices = codes.map((_, i) => cut(images, i)).sort((a, b) => b - a)
  const extra = codes.map((_, i) => cut(masks - images, i)).sort((a, b) => b - a)
  return codes.map((code, i) => {
    const own = slices[i] as number
    return [code, own, own + (extra[i] as number)]
  })
}

interface PartLook {
  readonly shape: string
  readonly caseName: string
  readonly cases: number
  readonly shows?: readonly string[]
}

function plannedPart(
  modality: string,
  { shape, caseName, cases, shows }: PartLook,
  submodalities: readonly PlannedSubmodality[],
): PlannedPart {
  const slices = Math.max(...submodalities.map(([, images]) => images))
  const needed = Math.ceil(slices / (FILLED * meanCapacity(shapeOf(shape))))
  const isPicture = shapeOf(shape).pictures !== undefined
  return {
    modality,
    shape,
    cases: isPicture ? slices : Math.min(slices, Math.max(cases, needed)),
    caseName,
    ...(shows && { shows }),
    submodalities,
  }
}

function knownDatasets(facts: PublishedFacts, parts: readonly SolvedPart[]): PlannedDataset[] {
  return [...new Set(SEEDS.map(seed => seed.dataset))].map(dataset => {
    const own = [...SEEDS.entries()].filter(([, seed]) => seed.dataset === dataset)
    const items = [...new Set(own.flatMap(([, seed]) => seed.labels))]
    const isApart = own.filter(([, seed]) => seed.labels.length > 0).length > 1
    const classIds = plannedClassIds(items)
    return {
      dataset,
      released: true,
      structures: facts.structuresOf(dataset),
      parts: own.map(([i, seed]) => {
        const { images, masks } = parts[i] as SolvedPart
        const { shape, caseName, cases, labels } = seed
        const shows = isApart ? plannedLabels(labels).map(([name]) => name) : undefined
        const look = { shape, caseName, cases, shows }
        return plannedPart(seed.modality, look, spread(seed.submodalities, images, masks))
      }),
      labels: plannedLabels(items),
      ...(classIds && { classIds }),
    }
  })
}

async function main(): Promise<void> {
  const facts = readPublishedFacts()
  const { parts, groups } = await solvePlanModel(facts)
  const sizes = groups.flatMap(group => splitGroup(group, facts.bins))
  settle(facts, parts, sizes)
  const known = knownDatasets(facts, parts)
  const unreleased = nameUnreleased(sizes, known, facts.labels).map(
    ({ size, submodalities, labels, ...rest }): PlannedDataset => ({
      dataset: rest.dataset,
      released: false,
      structures: size.structures,
      parts: [
        plannedPart(
          size.modality,
          // A case for each label at least: the generator shows every label in some case.
          { ...rest, cases: labels.length },
          spread(submodalities, size.images, size.masks),
        ),
      ],
      labels,
    }),
  )
  const datasets = [...known, ...unreleased].sort((a, b) => (a.dataset < b.dataset ? -1 : 1))
  const about =
    'Simulated: sizes per dataset that satisfy every published number of data/paper.json. Written by lib/reference/solve-plan.node.ts.'
  const lines = datasets.map(dataset => `    ${JSON.stringify(dataset)}`).join(',\n')
  writeFileSync(
    new URL('../../data/reference-plan.json', import.meta.url),
    `{\n  "about": ${JSON.stringify(about)},\n  "datasets": [\n${lines}\n  ]\n}\n`,
  )
  const names = new Set(datasets.flatMap(({ labels }) => labels.map(([name]) => name)))
  const organs = new Set(
    datasets.flatMap(({ dataset, labels }) =>
      labels.map(([name]) => classifyLabel(dataset, name).organ),
    ),
  )
  organs.delete(null)
  console.log(`${datasets.length} datasets, ${names.size} label names, ${organs.size} organs`)
}

await main()
