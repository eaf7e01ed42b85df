import { nearestNames, plainName } from '../nearest-names'
import { KNOWN_DATASET_NAMES } from './known-datasets'

/** Whether a dataset is in a manifest. */
export type DatasetAnswer =
  | { readonly present: true; readonly name: string }
  | {
      readonly present: false
      /** The typed name, or the known spelling of it. */
      readonly name: string
      /** Whether it is a known source dataset of SA-Med2D-20M. */
      readonly known: boolean
      /** Number of the manifest's names that contain the text. */
      readonly containing: number
      /** Similar names of the manifest. */
      readonly nearest: readonly string[]
    }

/**
 * Whether a manifest has a dataset. Case and separators do not matter: "brats-2021" is BraTS2021.
 *
 * @param names The manifest's datasets.
 */
export function datasetAnswer(text: string, names: readonly string[]): DatasetAnswer {
  const asked = text.trim()
  const wanted = plainName(asked)
  const isIt = (name: string) => name === asked || (wanted !== '' && plainName(name) === wanted)
  const found = names.find(name => name === asked) ?? names.find(isIt)
  if (found !== undefined) return { present: true, name: found }
  const known = KNOWN_DATASET_NAMES.find(isIt)
  return {
    present: false,
    name: known ?? asked,
    known: known !== undefined,
    containing: wanted === '' ? 0 : names.filter(name => plainName(name).includes(wanted)).length,
    nearest: nearestNames(asked, names),
  }
}

/** Why a dataset is missing, as the end of a sentence. */
export const absence = (known: boolean): string =>
  known
    ? 'not in this manifest, but it is a known source dataset of SA-Med2D-20M'
    : 'not in this manifest, and not in our list of known datasets'

/**
 * Known source datasets that a manifest does not have and whose name contains the text.
 *
 * @param names The manifest's datasets.
 */
export function knownElsewhere(text: string, names: readonly string[], limit = 5): string[] {
  const wanted = plainName(text)
  if (wanted === '') return []
  return KNOWN_DATASET_NAMES.filter(
    name => plainName(name).includes(wanted) && !names.includes(name),
  ).slice(0, limit)
}
