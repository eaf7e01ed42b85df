import { DEFECTS, type KnownDefect } from '../manifest/known-defects'
import { overviewPath } from './paths'

/** Known issues of one dataset, without those that may concern any dataset. */
export const defectsOf = (dataset: string): KnownDefect[] =>
  DEFECTS.filter(defect => defect.dataset === dataset)

/** Known issues that may concern any dataset. */
export const GENERAL_DEFECTS: readonly KnownDefect[] = DEFECTS.filter(
  defect => defect.dataset === null,
)

/** What known issues ask of an image. */
export interface IssueImage {
  readonly dataset: string
  readonly caseName: string
  readonly masks: readonly { readonly label: string; readonly classId: string }[]
}

/** Known issues of an image: those that concern its dataset, its ori name and its masks. */
export const defectsOfImage = ({ dataset, caseName, masks }: IssueImage): KnownDefect[] =>
  defectsOf(dataset).filter(
    ({ of, oriName, classId, labels }) =>
      (oriName === undefined || caseName.includes(oriName)) &&
      (of === 'image' ||
        masks.some(
          mask =>
            (classId === undefined || mask.classId === classId) &&
            (labels?.includes(mask.label) ?? true),
        )),
  )

/**
 * Known issues of a label by its name.
 *
 * @param datasets Those of the manifest.
 */
export const defectsOfLabel = (label: string, datasets: ReadonlySet<string>): KnownDefect[] =>
  DEFECTS.filter(
    ({ dataset, labels }) =>
      dataset !== null && datasets.has(dataset) && (labels?.includes(label) ?? false),
  )

/** Links to the masks as the release names them and to those with the true value; empty if nothing is corrected. */
export function correctedLinks({
  dataset,
  labels,
  corrects,
}: KnownDefect): { readonly text: string; readonly path: string }[] {
  if (corrects === undefined || dataset === null) return []
  return [
    ...(labels ?? []).map(label => ({
      text: `as released: label ${label}`,
      path: overviewPath({ dataset, label }),
    })),
    ...['left', 'right'].map(side => ({
      text: `true side: ${side}`,
      path: overviewPath({ dataset, [corrects]: side }),
    })),
  ]
}
