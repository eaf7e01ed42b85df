import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import type { Axis, TableName } from '../manifest/tables'
import { imageName, imageStem, maskName } from '../release/names'
import { TextHash } from '../release/text-hash'
import { type ImageSlice, imageSlices, SLICE_IMAGES } from '../store/image-slices'
import { assertTables, type ListedFiles } from '../store/intact-files.node.ts'
import { parquetSql } from '../store/parquet-sql.node.ts'

/** Start of every mask's file name. The stem of the image follows. */
const MASK_FOLDER = 'masks/'

/** Placeholder for a missing name or class id. No file name contains this word, so the hash never matches. */
const MISSING = 'undefined'

/** Number of instances per class id whose text is cached. There are at most ten thousand class ids. */
const KEPT_INSTANCES = 100

/** Called with the hash of every row's file name. The hash object is reused, so copy values during the call. */
export interface NameVisitor {
  image(hash: Readonly<TextHash>, imageId: number): void
  mask(hash: Readonly<TextHash>, imageId: number, labelId: number, instance: number): void
}

/** Reads a table's Parquet files in row order. Yields chunks of a few thousand rows, as one array per column. */
export type Read = <Columns>(
  columns: string,
  table: TableName,
  slice?: ImageSlice,
) => AsyncGenerator<Columns>

/**
 * Arrays with one element per image of a slice: the dataset id, and the hash (a, b, c) of the part of mask names before
 * the class id.
 */
interface MaskStarts {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly c: Int32Array
  readonly datasets: Uint16Array
}

/**
 * Visit the file name of every row in a manifest's Parquet files. For each slice of images, the images come first, then
 * their masks. The code that wrote the files is not used, except `lib/release/names`, so a check by names is
 * independent of that code. Memory does not depend on the number of rows.
 *
 * @param folder Folder of the files, before or after publishing.
 * @param sliceImages Maximum number of images of a slice.
 */
export async function visitNames(
  folder: string,
  manifest: Manifest,
  visitor: NameVisitor,
  sliceImages = SLICE_IMAGES,
): Promise<void> {
  await withReader(folder, manifest, async read => {
    const parts = await readNameParts(read)
    const classIds = await readClassIds(read)
    const endOf = endsOfNames()
    for (const slice of imageSlices(rowsOf(manifest, 'images'), sliceImages)) {
      const starts = await visitImages(visitor, read, slice, parts)
      await visitMasks(visitor, read, slice, { starts, classIds, endOf })
    }
  })
}

/** Run `work` with a reader of a manifest's files. The reader has a separate engine with a small memory limit. */
export async function withReader(
  folder: string,
  manifest: Manifest,
  work: (read: Read) => Promise<void>,
): Promise<void> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '100MB',
    // Each engine thread holds a row group in memory. More threads would not help, because one thread builds the names.
    threads: '2',
  })
  try {
    await work((columns, table, slice) =>
      stream(
        engine,
        { dir: folder, manifest },
        table,
        from => `SELECT ${columns} FROM ${from}${slice ? ` WHERE ${slice.where}` : ''}`,
      ),
    )
  } finally {
    engine.close()
  }
}

/** Parts of file names. The index of each array is the id. */
interface NameParts {
  readonly submodalities: readonly string[]
  readonly datasets: readonly string[]
  readonly axes: readonly string[]
}

const readNameParts = async (read: Read): Promise<NameParts> => ({
  submodalities: await readNames('submodality', 'submodalities', read),
  datasets: await readNames('dataset', 'datasets', read),
  axes: await readNames('axis', 'axes', read),
})

async function visitImages(
  visitor: NameVisitor,
  read: Read,
  slice: ImageSlice,
  { submodalities, datasets, axes }: NameParts,
): Promise<MaskStarts> {
  const rows = slice.last - slice.first + 1
  const starts: MaskStarts = {
    a: new Int32Array(rows),
    b: new Int32Array(rows),
    c: new Int32Array(rows),
    datasets: new Uint16Array(rows),
  }
  const hash = new TextHash()
  type Columns = [number[], number[], number[], number[], (number | null)[], string[]]
  for await (const [ids, ofDataset, ofSubmodality, ofAxis, slices, cases] of read<Columns>(
    'image_id, dataset_id, submodality_id, axis_id, slice, case_name',
    'images',
    slice,
  ))
    for (let i = 0; i < ids.length; i++) {
      const id = valueAt(ids, i)
      const dataset = valueAt(ofDataset, i)
      const name = {
        submodality: submodalities[valueAt(ofSubmodality, i)] ?? MISSING,
        dataset: datasets[dataset] ?? MISSING,
        caseName: valueAt(cases, i),
        axis: (axes[valueAt(ofAxis, i)] ?? MISSING) as Axis,
        slice: valueAt(slices, i),
      }
      visitor.image(hash.from().feed(imageName(name)), id)
      hash.from().feed(MASK_FOLDER).feed(imageStem(name))
      const at = id - slice.first
      starts.a[at] = hash.a
      starts.b[at] = hash.b
      starts.c[at] = hash.c
      starts.datasets[at] = dataset
    }
  return starts
}

async function visitMasks(
  visitor: NameVisitor,
  read: Read,
  slice: ImageSlice,
  {
    starts,
    classIds,
    endOf,
  }: {
    readonly starts: MaskStarts
    readonly classIds: ReadonlyMap<number, string>
    readonly endOf: (classId: string, instance: number) => string
  },
): Promise<void> {
  const hash = new TextHash()
  for await (const [ids, labels, instances] of read<[number[], number[], number[]]>(
    'image_id, label_id, instance',
    'masks',
    slice,
  ))
    for (let i = 0; i < ids.length; i++) {
      const id = valueAt(ids, i)
      const label = valueAt(labels, i)
      const instance = valueAt(instances, i)
      const at = id - slice.first
      const classId = classIds.get(classKey(starts.datasets[at] ?? 0, label)) ?? MISSING
      hash.from(starts.a[at], starts.b[at], starts.c[at]).feed(endOf(classId, instance))
      visitor.mask(hash, id, label, instance)
    }
}

/** Create a function for the end of a mask's name, after the stem of the image. The function caches the texts. */
function endsOfNames(): (classId: string, instance: number) => string {
  const byClass = new Map<string, string[]>()
  return (classId, instance) => {
    let ends = byClass.get(classId)
    if (!ends) {
      ends = []
      byClass.set(classId, ends)
    }
    const known = ends[instance]
    if (known !== undefined) return known
    const end = maskName({ imageStem: '', classId, instance }).slice(MASK_FOLDER.length)
    if (instance < KEPT_INSTANCES) ends[instance] = end
    return end
  }
}

/** Get the value of a row in a column. All columns of a chunk have the same length. */
function valueAt<Value>(column: readonly Value[], row: number): Value {
  const value = column[row]
  if (value === undefined) throw new RangeError(`a column ends before row ${row}`)
  return value
}

/** Read the names of a dimension table. The index of the array is the id. */
async function readNames(column: string, table: TableName, read: Read): Promise<string[]> {
  const names: string[] = []
  for await (const [ids, values] of read<[number[], string[]]>(`${column}_id, ${column}`, table))
    for (const [i, id] of ids.entries()) names[id] = valueAt(values, i)
  return names
}

/** Combine a dataset id and a label id (16 bits) into one map key. */
const classKey = (datasetId: number, labelId: number): number => datasetId * 65_536 + labelId

async function readClassIds(read: Read): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  for await (const [datasets, labels, ids] of read<[number[], number[], string[]]>(
    'dataset_id, label_id, class_id',
    'class_ids',
  ))
    for (const [i, id] of ids.entries())
      found.set(classKey(valueAt(datasets, i), valueAt(labels, i)), id)
  return found
}

async function* stream<Columns>(
  engine: NodeEngine,
  files: ListedFiles,
  table: TableName,
  select: (from: string) => string,
): AsyncGenerator<Columns> {
  await assertTables(files, [table])
  const result = await engine.connection.stream(select(parquetSql(files, table)))
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk.getColumns() as Columns
  }
}
