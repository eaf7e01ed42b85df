import known from '../../data/axes.json' with { type: 'json' }
import type { Axis } from '../manifest/tables'
import { VOLUME_AXES, type VolumeAxis } from './axis-words'
import type { Turn } from './turn'

/** The plane that slices along an axis lie in. */
export type Plane = 'axial' | 'coronal' | 'sagittal' | 'short-axis'

/** How well it is known which plane it is. */
export type AxisStrength = 'seen' | 'presumed' | 'unknown'

/** What is known of the axes of a dataset (data/axes.json says what the fields mean). */
export interface KnownAxes {
  readonly dataset: string
  readonly strength: AxisStrength
  readonly names?: Readonly<Partial<Record<VolumeAxis, Plane>>>
  /** How it is known, in a sentence or three. */
  readonly how: string
  /** URLs, separated by commas, or words. */
  readonly source: string
  readonly upright?: Upright
}

/** How to turn stored pictures so that they look as in a viewer. */
export interface Upright {
  /** The sub-modality whose pictures were seen. */
  readonly submodality: string
  readonly turns: Readonly<Partial<Record<VolumeAxis, Turn>>>
  /** Whether left and right are then as in a viewer; if not, they were not checked. */
  readonly sides: boolean
  readonly how: string
}

/** All of data/axes.json. */
export const KNOWN_AXES = known.datasets as readonly KnownAxes[]

const byDataset = new Map(KNOWN_AXES.map(row => [row.dataset, row]))

/** What is known of a dataset's axes; undefined if the dataset is not listed. */
export const knownAxes = (dataset: string): KnownAxes | undefined => byDataset.get(dataset)

/** A plane, and whether it is only presumed. */
export interface AxisPlane {
  readonly plane: Plane
  readonly presumed: boolean
}

/** The plane of a dataset's slices along an axis; null if it is not known. */
export function axisPlane(dataset: string, axis: Axis): AxisPlane | null {
  const found = byDataset.get(dataset)
  const plane = axis === '2d' ? undefined : found?.names?.[axis]
  return found && plane ? { plane, presumed: found.strength === 'presumed' } : null
}

/** "axial", or "axial?" where it is presumed; empty where it is not known. */
export function planeMark(dataset: string, axis: Axis): string {
  const found = axisPlane(dataset, axis)
  return found ? `${found.plane}${found.presumed ? '?' : ''}` : ''
}

/** "axial", or "presumably axial"; empty where it is not known. */
export function planeText(dataset: string, axis: Axis): string {
  const found = axisPlane(dataset, axis)
  return found ? `${found.presumed ? 'presumably ' : ''}${found.plane}` : ''
}

/** "x · axial", "x · axial?", or "x" where it is not known. */
export function axisText(dataset: string, axis: Axis): string {
  const mark = planeMark(dataset, axis)
  return mark === '' ? axis : `${axis} · ${mark}`
}

/** The axes of a dataset that have a name: "x · axial, y · coronal, z · sagittal". */
export const axesText = (dataset: string): string =>
  VOLUME_AXES.filter(axis => axisPlane(dataset, axis))
    .map(axis => axisText(dataset, axis))
    .join(', ')

/** The turn of a stored picture for display as in a viewer; null if it is not known. */
export function uprightTurn(
  dataset: string,
  submodality: string,
  axis: Axis,
): { readonly turn: Turn; readonly sides: boolean } | null {
  const upright = byDataset.get(dataset)?.upright
  if (!upright || axis === '2d' || upright.submodality !== submodality) return null
  const turn = upright.turns[axis]
  return turn === undefined ? null : { turn, sides: upright.sides }
}
