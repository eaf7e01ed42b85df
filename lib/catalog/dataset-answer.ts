import { KNOWN_DATASET_NAMES } from './known-datasets'
import { nearestNames, plainName } from './nearest-names'

/** Whether a dataset is in a manifest. */
export type DatasetAnswer =
  | { readonly present: true; readonly name: string }
  | {
      readonly present: false
      /** As it was asked for, or as we know it to be spelt. */
      readonly name: string
      /** Among the datasets that we know of. */
      readonly known: boolean
      /** How many of the manifest's names contain what was asked for. */
      readonly containing: number
      /** Names of the manifest that may have been meant. */
      readonly nearest: readonly string[]
    }

/**
 * "Is dataset X in it?" Case and separators do not matter: "brats-2021" is BraTS2021.
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

/** Why a dataset is not there, as the end of a sentence about it. */
export const absence = (known: boolean): string =>
  known
    ? 'not in this manifest, but it is a known source dataset of SA-Med2D-20M'
    : 'not in this manifest, and not in our list of known datasets'

/**
 * Datasets that we know of and a manifest lacks, whose name contains what was typed.
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
