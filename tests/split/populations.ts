import type { Unit } from '../../lib/split/member'

/** Numbers from 0 to 1 that are not those of the program under test. */
export function randomNumbers(seed: number): () => number {
  let state = (seed + 1) * 2654435761
  return () => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** A patient of one dataset, with a stratum such as its rarest label. */
export function unit(id: number, dataset: string, images: number, stratum = ''): Unit {
  return { id, members: 1, images, datasets: [dataset], stratum }
}

/** Datasets of 3 to 210 patients: volumes with a long tail, short scans, and single pictures. */
export function population(seed: number): Unit[] {
  const random = randomNumbers(seed)
  const datasets: [name: string, patients: number, size: (u: number) => number][] = [
    ['volumes', 210, u => 4 + Math.floor(14 / (1.02 - u))],
    ['short', 96, u => 3 + Math.floor(12 * u)],
    ['small', 12, u => 20 + Math.floor(60 * u)],
    ['pictures', 60, () => 1],
    ['tiny', 3, u => 10 + Math.floor(10 * u)],
  ]
  return datasets.flatMap(([name, patients, size], d) =>
    Array.from({ length: patients }, (_, n) =>
      unit(1000 * d + n, name, size(random()), ['common', 'common', 'rare'][Math.floor(3 * random())]),
    ),
  )
}
