import type { Axis } from '../manifest/tables'

/** An axis that slices are cut along. */
export type VolumeAxis = Exclude<Axis, '2d'>

/** What x, y and z are called where nothing else is known: other words for them in filters. */
export const WORD_OF_AXIS = {
  x: 'axial',
  y: 'coronal',
  z: 'sagittal',
} as const satisfies Record<VolumeAxis, string>

export const VOLUME_AXES = Object.keys(WORD_OF_AXIS) as VolumeAxis[]

/**
 * A value of the facet `axis` as the manifest has it: `axial` is x, `coronal` y, `sagittal` z, in any case, for
 * every dataset. Other texts stay as they are.
 */
export function axisOfWord(text: string): string {
  const word = text.toLowerCase()
  return VOLUME_AXES.find(axis => WORD_OF_AXIS[axis] === word) ?? text
}
