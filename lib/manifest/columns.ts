/** DuckDB types that the manifest uses; all but UBIGINT reach JavaScript as plain values. */
export type ColumnType = 'UTINYINT' | 'USMALLINT' | 'UINTEGER' | 'UBIGINT' | 'BOOLEAN' | 'VARCHAR'

export interface Column {
  readonly type: ColumnType
  /** True where NULL means "unknown" or "does not apply". */
  readonly nullable?: boolean
  /** The column of another table whose values this one repeats. */
  readonly references?: string
  readonly doc: string
}

// Columns that several tables have.
export const datasetId = {
  type: 'USMALLINT',
  references: 'datasets',
  doc: 'source dataset',
} as const
export const submodalityId = {
  type: 'UTINYINT',
  references: 'submodalities',
  doc: 'modality and sub-modality',
} as const
export const axisId = { type: 'UTINYINT', references: 'axes', doc: 'axis of the cut' } as const
export const labelId = { type: 'USMALLINT', references: 'labels', doc: 'label' } as const
export const imageId = { type: 'UINTEGER', references: 'images', doc: 'image' } as const
export const caseId = {
  type: 'UINTEGER',
  references: 'cases',
  doc: 'case: one volume or 2D source picture',
} as const
export const labelSetId = {
  type: 'UINTEGER',
  doc: 'the distinct set of labels on an image; 0 is the empty set',
} as const
export const widthBin = {
  type: 'UTINYINT',
  nullable: true,
  doc: 'bin of the width; NULL until measured',
} as const
export const heightBin = {
  type: 'UTINYINT',
  nullable: true,
  doc: 'bin of the height; NULL until measured',
} as const
export const aspectBin = {
  type: 'UTINYINT',
  nullable: true,
  doc: 'bin of width / height; NULL until measured',
} as const
export const masksBin = { type: 'UTINYINT', doc: 'bin of the number of masks' } as const
export const flags = {
  type: 'UINTEGER',
  doc: 'bitmask of the known issues of the image and its masks; 0 for none',
} as const
export const areaBin = {
  type: 'UTINYINT',
  nullable: true,
  doc: 'bin of the share of the image that the mask covers; NULL until measured',
} as const
export const instance = {
  type: 'USMALLINT',
  doc: 'instance number in the file name, 0 for the first component of a class',
} as const
