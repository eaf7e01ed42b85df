import { MAX_PICKED } from '../../lib/subset/recipe'

/** What a browser keeps of the images that were picked. */
export interface Picked {
  /** Ids mean nothing without it. */
  readonly manifest: string
  readonly ids: readonly number[]
}

/** What was kept for a manifest; nothing if it was another one's, or is damaged. */
export function parsePicked(text: string, manifest: string): Picked {
  try {
    const kept: Partial<Picked> | null = JSON.parse(text)
    if (kept?.manifest === manifest && Array.isArray(kept.ids) && kept.ids.every(isId))
      return { manifest, ids: [...new Set(kept.ids)].slice(0, MAX_PICKED) }
  } catch {
    // As if nothing were kept.
  }
  return { manifest, ids: [] }
}

const isId = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

/** With one more, unless there are as many as a step of a subset can have. */
export const addPick = ({ manifest, ids }: Picked, id: number): Picked => ({
  manifest,
  ids: ids.length >= MAX_PICKED ? ids : [...ids, id],
})

export const removePick = ({ manifest, ids }: Picked, id: number): Picked => ({
  manifest,
  ids: ids.filter(one => one !== id),
})
