/**
 * DuckDB types of the Parquet files. Integers are signed, because Iceberg and Delta have no unsigned ones, and `width
 * * height` must not overflow in SQL that users write.
 */
export type FileType = 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR'

/** Narrower DuckDB types for columns in memory; all their values fit. */
export type NarrowType = 'UTINYINT' | 'USMALLINT' | 'UINTEGER'

/** All types except BIGINT reach JavaScript as plain values. */
export type ColumnType = FileType | NarrowType

export interface Column {
  readonly type: FileType
  /** Type in memory, while a manifest is written and in the page; by default the type of the files. */
  readonly loadAs?: NarrowType
  /** True where NULL means "unknown" or "does not apply". */
  readonly nullable?: boolean
  /** The column of another table whose values this one repeats. */
  readonly references?: string
  readonly doc: string
}

// Columns that several tables have.
export const datasetId = {
  type: 'INTEGER',
  loadAs: 'USMALLINT',
  references: 'datasets',
  doc: 'source dataset',
} as const
export const submodalityId = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  references: 'submodalities',
  doc: 'modality and sub-modality',
} as const
export const axisId = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  references: 'axes',
  doc: 'axis of the cut',
} as const
export const labelId = {
  type: 'INTEGER',
  loadAs: 'USMALLINT',
  references: 'labels',
  doc: 'label',
} as const
export const imageId = {
  type: 'INTEGER',
  loadAs: 'UINTEGER',
  references: 'images',
  doc: 'image',
} as const
export const caseId = {
  type: 'INTEGER',
  loadAs: 'UINTEGER',
  references: 'cases',
  doc: 'case: one volume or 2D source picture',
} as const
export const patientId = {
  type: 'INTEGER',
  loadAs: 'UINTEGER',
  references: 'patients',
  doc: 'patient: the person, or the video, that a case shows',
} as const
export const labelSetId = {
  type: 'INTEGER',
  loadAs: 'UINTEGER',
  doc: 'the distinct set of labels on an image; 0 is the empty set',
} as const
export const widthBin = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  nullable: true,
  doc: 'bin of the width; NULL until measured',
} as const
export const heightBin = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  nullable: true,
  doc: 'bin of the height; NULL until measured',
} as const
export const aspectBin = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  nullable: true,
  doc: 'bin of width / height; NULL until measured',
} as const
export const masksBin = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  doc: 'bin of the number of masks',
} as const
export const flags = {
  type: 'INTEGER',
  loadAs: 'UINTEGER',
  doc: 'bitmask of the known issues of the image and its masks; 0 for none',
} as const
export const areaBin = {
  type: 'INTEGER',
  loadAs: 'UTINYINT',
  nullable: true,
  doc: 'bin of the share of the image that the mask covers; NULL until measured',
} as const
export const instance = {
  type: 'INTEGER',
  loadAs: 'USMALLINT',
  doc: 'instance number in the file name, 0 for the first component of a class',
} as const

/** Type of a column in memory. */
export const typeInMemory = ({ type, loadAs }: Column): ColumnType => loadAs ?? type
