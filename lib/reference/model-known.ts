import type { LinearProgram, Terms } from './linear-program'
import { SEEDS as ESTIMATES, type Seed } from './plan-seeds'
import type { PublishedFacts } from './published-facts.node.ts'
import { Random, seedOf } from './random'

/** A known dataset keeps its estimated number of masks per image within this factor. */
const RATIO_SLACK = 1.35

/** Sizes keep this share away from a bin's edges, so that rounding cannot move them across. */
const EDGE = 0.02

/** Cost of moving by more than about a quarter of the estimate, against 1 for less. */
const FAR_COST = 6

/** TotalSegmentator's size is printed (rounded) in the paper's size comparison: stay this near. */
const PRINTED_SIZE = { dataset: 'Totalsegmentator_dataset', slack: 0.008 }

/** The estimates of volumes are round numbers: move each a little, the same way every time. */
export const SEEDS: readonly Seed[] = ESTIMATES.map(seed => {
  const isExact = seed.isKnown || seed.modality === 'PET' || seed.dataset === PRINTED_SIZE.dataset
  if (seed.cases === 0 || isExact || seed.images < 1000) return seed
  const random = new Random(seedOf(seed.dataset + seed.modality))
  const images = Math.round(seed.images * random.between(0.965, 1.035))
  const ratio = (seed.masks / seed.images) * random.between(0.98, 1.02)
  return { ...seed, images, masks: Math.max(images, Math.round(images * ratio)) }
})

/** Names of the known datasets. */
export const KNOWN: readonly string[] = [...new Set(SEEDS.map(seed => seed.dataset))]

/** Variables `images_pN` and `masks_pN` for every row of SEEDS, near their estimates. */
export function addKnown(program: LinearProgram, facts: PublishedFacts): void {
  SEEDS.forEach((seed, p) => {
    const structures = facts.structuresOf(seed.dataset)
    for (const kind of ['images', 'masks'] as const) {
      const name = `${kind}_p${p}`
      const places = [seed.modality, ...structures].map(place => `${kind} of ${place}`)
      program.addTo([...places, `${kind} of ${seed.dataset}`, `${kind} released`], name)
      addDeviation(program, name, seed, kind)
    }
    const ratio = seed.masks / seed.images
    const [masks, images] = [`masks_p${p}`, `images_p${p}`]
    program.row({ [masks]: 1, [images]: -Math.max(1, ratio / RATIO_SLACK) }, '>=', 0)
    program.row({ [masks]: 1, [images]: -ratio * RATIO_SLACK }, '<=', 0)
  })
  KNOWN.forEach((dataset, d) => {
    for (const kind of ['images', 'masks'] as const) addBinChoice(program, facts, kind, dataset, d)
  })
}

/** What no published number pulls at stays put: moving costs, and moving far costs more. */
function addDeviation(
  program: LinearProgram,
  name: string,
  seed: Seed,
  kind: 'images' | 'masks',
): void {
  const estimate = seed[kind]
  const slack = Math.round(estimate * new Random(seedOf(seed.dataset)).between(0.17, 0.3))
  const deviation: Terms = {}
  for (const [direction, sign] of [
    ['Up', -1],
    ['Down', 1],
  ] as const) {
    program.atMost(`near${direction}_${name}`, slack)
    program.cost(`near${direction}_${name}`, 1 / estimate)
    program.cost(`far${direction}_${name}`, FAR_COST / estimate)
    deviation[`near${direction}_${name}`] = sign
    deviation[`far${direction}_${name}`] = sign
  }
  program.row({ [name]: 1, ...deviation }, '=', estimate)
  if (seed.isKnown && kind === 'images') program.row({ [name]: 1 }, '=', estimate)
  const { dataset, slack: printed } = PRINTED_SIZE
  if (seed.dataset === dataset)
    program.between({ [name]: 1 }, estimate * (1 - printed), estimate * (1 + printed))
}

/** A known dataset falls in one size bin, and its size lies in that bin. */
function addBinChoice(
  program: LinearProgram,
  { bins }: PublishedFacts,
  kind: 'images' | 'masks',
  dataset: string,
  d: number,
): void {
  const estimate = SEEDS.reduce(
    (sum, seed) => (seed.dataset === dataset ? sum + seed[kind] : sum),
    0,
  )
  const choice: Terms = {}
  const low: Terms = {}
  const high: Terms = {}
  bins.forEach((bin, b) => {
    // A bin far from the estimate is no candidate.
    if (bin.hi < estimate / 3 || bin.lo > estimate * 3) return
    const pick = `pick_${kind}_d${d}_${b}`
    program.integer(pick, 1)
    program.addTo([`${kind} in bin ${b}`], pick)
    choice[pick] = 1
    low[pick] = -Math.ceil(Math.max(bin.lo, 10) * (1 + EDGE))
    high[pick] = -Math.floor(bin.hi * (1 - EDGE))
  })
  const size = program.sum(`${kind} of ${dataset}`)
  program.row(choice, '=', 1)
  program.row({ ...size, ...low }, '>=', 0)
  program.row({ ...size, ...high }, '<=', 0)
}
