import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ColumnType } from '../manifest/columns'
import { retryLocked } from '../retry-locked.node.ts'

/** Images from one id up to, not with, another. */
export interface Batch {
  readonly from: number
  readonly to: number
}

/**
 * Columns of a part, a CSV file without a header. A row without a flag is what was measured of one
 * picture (label and instance empty: the image itself), a row with one has the ids and the flag alone.
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

/** One line of a part; what is left out is unknown, or was not asked for. */
export type PartRow = Readonly<
  Partial<Record<keyof typeof PART_COLUMNS, number | string | null>> & { image_id: number }
>

const COLUMNS = Object.keys(PART_COLUMNS) as (keyof typeof PART_COLUMNS)[]
const PART_NAME = /^(\d{10})-(\d{10})\.csv$/
const UNFINISHED = '.unfinished'

const partName = ({ from, to }: Batch): string =>
  `${[from, to].map(id => String(id).padStart(10, '0')).join('-')}.csv`

/** Write what was measured of a batch. The file is there only once it is whole, and on disk. */
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

/** The batches that have a part; what a killed process did not finish is removed. */
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

/** NULL is an empty cell; texts are quoted, and kept on one line. */
function cell(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  return `"${value.replaceAll(/\p{Cc}+/gu, ' ').replaceAll('"', '""')}"`
}
