import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColumnType } from '../manifest/columns'
import { retryLocked } from '../retry-locked.node.ts'

/** A range of image ids. `to` is exclusive. */
export interface Batch {
  readonly from: number
  readonly to: number
}

/**
 * Columns of a part file, a CSV file without a header. A row without a flag has the measures of one picture. A row with
 * a flag has only the ids, the flag and the detail. If label_id and instance are empty, the picture is an image.
 */
export const PART_COLUMNS = {
  image_id: 'UINTEGER',
  label_id: 'USMALLINT',
  instance: 'USMALLINT',
  width: 'USMALLINT',
  height: 'USMALLINT',
  bytes: 'UINTEGER',
  area: 'UINTEGER',
  x0: 'USMALLINT',
  y0: 'USMALLINT',
  x1: 'USMALLINT',
  y1: 'USMALLINT',
  flag: 'VARCHAR',
  detail: 'VARCHAR',
} as const satisfies Record<string, ColumnType>

/** One line of a part file. Missing values are unknown or were not requested. */
export type PartRow = Readonly<
  Partial<Record<keyof typeof PART_COLUMNS, number | string | null>> & { image_id: number }
>

const COLUMNS = Object.keys(PART_COLUMNS) as (keyof typeof PART_COLUMNS)[]
const PART_NAME = /^(\d{10})-(\d{10})\.csv$/
const UNFINISHED = '.unfinished'

const partName = ({ from, to }: Batch): string =>
  `${[from, to].map(id => String(id).padStart(10, '0')).join('-')}.csv`

/** Write the part file of a batch. A temporary name is used until the file is complete and flushed to disk. */
export async function writePart(
  dir: string,
  batch: Batch,
  rows: readonly PartRow[],
): Promise<void> {
  const path = join(dir, partName(batch))
  const file = await open(path + UNFINISHED, 'w')
  try {
    await file.writeFile(rows.map(line).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  await retryLocked(() => rename(path + UNFINISHED, path))
}

/** List the batches that have a part file. Also removes unfinished files of killed processes. */
export async function listParts(dir: string): Promise<Batch[]> {
  const names = await readdir(dir)
  for (const name of names)
    if (name.endsWith(UNFINISHED)) await rm(join(dir, name), { force: true })
  return names.flatMap(name => {
    const [, from, to] = PART_NAME.exec(name) ?? []
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }]
  })
}

const line = (row: PartRow): string => `${COLUMNS.map(column => cell(row[column])).join(',')}\n`

/** Format a CSV cell. NULL is empty. Strings are quoted, and control characters such as line breaks become spaces. */
function cell(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  return `"${value.replaceAll(/\p{Cc}+/gu, ' ').replaceAll('"', '""')}"`
}
