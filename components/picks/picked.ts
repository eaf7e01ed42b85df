import { MAX_PICKED } from '../../lib/subset/recipe'

/** The picked images as the browser stores them. */
export interface Picked {
  /** Id of the manifest that the image ids belong to. */
  readonly manifest: string
  readonly ids: readonly number[]
}

/** Stored picks of a manifest; no picks if the text is damaged or of another manifest. */
export function parsePicked(text: string, manifest: string): Picked {
  try {
    const kept: Partial<Picked> | null = JSON.parse(text)
    if (kept?.manifest === manifest && Array.isArray(kept.ids) && kept.ids.every(isId))
      return { manifest, ids: [...new Set(kept.ids)].slice(0, MAX_PICKED) }
  } catch {
    // Damaged text counts as no picks.
  }
  return { manifest, ids: [] }
}

const isId = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

/** The picks with one more image, unless there are as many as a step of a subset can have. */
export const addPick = ({ manifest, ids }: Picked, id: number): Picked => ({
  manifest,
  ids: ids.length >= MAX_PICKED ? ids : [...ids, id],
})

export const removePick = ({ manifest, ids }: Picked, id: number): Picked => ({
  manifest,
  ids: ids.filter(one => one !== id),
})
