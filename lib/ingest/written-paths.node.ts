import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { rowsOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import { parquetSql } from '../manifest/parquet-sql.node.ts'
import type { Axis, TableName } from '../manifest/tables'
import { imageName, imageStem, maskName } from '../release/names'
import { newPathSums, type PathSum, type PathSums, TextHash } from './path-sum'

/** What all names of masks start with; they go on with the stem of their image. */
const MASK_FOLDER = 'masks/'

/** Rows of a table's Parquet files as they come, some thousands at a time, one array per column. */
type Read = <Columns>(columns: string, table: TableName) => AsyncGenerator<Columns>

/** By image id: the hash of its masks' names up to the class id, and its dataset. */
interface MaskStarts {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly datasets: Uint16Array
}

/**
 * Sums over the paths that a manifest's Parquet files stand for: rejects, and rows by their names,
 * in any order. Shares nothing with their writer but `lib/release/names`. 10 bytes of memory an
 * image.
 *
 * @param folder Where the files are, published or not.
 */
export async function sumWrittenPaths(folder: string, manifest: Manifest): Promise<PathSums> {
  // It only streams.
  const engine = await openNodeEngine(':memory:', { memory_limit: '300MB' })
  const read: Read = (columns, table) =>
    stream(engine, `SELECT ${columns} FROM ${parquetSql({ dir: folder, manifest }, table)}`)
  const sums = newPathSums()
  try {
    await addRejects(sums, read)
    const starts = await addImages(sums.images, read, rowsOf(manifest, 'images'))
    await addMasks(sums.masks, read, starts)
    return sums
  } finally {
    engine.close()
  }
}

async function addRejects(sums: PathSums, read: Read): Promise<void> {
  for await (const [kinds, texts] of read<[string[], string[]]>('kind, text', 'rejects'))
    for (let i = 0; i < texts.length; i++) {
      if (kinds[i] === 'image') sums.images.add(texts[i])
      else if (kinds[i] === 'mask') sums.masks.add(texts[i])
    }
}

async function addImages(sum: PathSum, read: Read, rows: number): Promise<MaskStarts> {
  const submodalities = await readNames('submodality', 'submodalities', read)
  const datasets = await readNames('dataset', 'datasets', read)
  const axes = await readNames('axis', 'axes', read)
  const starts: MaskStarts = {
    a: new Int32Array(rows),
    b: new Int32Array(rows),
    datasets: new Uint16Array(rows),
  }
  const hash = new TextHash()
  type Columns = [number[], number[], number[], number[], (number | null)[], string[]]
  for await (const [ids, ofDataset, ofSubmodality, ofAxis, slices, cases] of read<Columns>(
    'image_id, dataset_id, submodality_id, axis_id, slice, case_name',
    'images',
  ))
    for (let i = 0; i < ids.length; i++) {
      const name = {
        submodality: submodalities[ofSubmodality[i]],
        dataset: datasets[ofDataset[i]],
        caseName: cases[i],
        axis: axes[ofAxis[i]] as Axis,
        slice: slices[i],
      }
      sum.add(imageName(name))
      hash.from().feed(MASK_FOLDER).feed(imageStem(name))
      starts.a[ids[i]] = hash.a
      starts.b[ids[i]] = hash.b
      starts.datasets[ids[i]] = ofDataset[i]
    }
  return starts
}

async function addMasks(sum: PathSum, read: Read, starts: MaskStarts): Promise<void> {
  const classIds = await readClassIds(read)
  const hash = new TextHash()
  for await (const [ids, labels, instances] of read<[number[], number[], number[]]>(
    'image_id, label_id, instance',
    'masks',
  ))
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]
      // A class id that is missing becomes "undefined" in the name, and the sums differ.
      const classId = classIds.get(classKey(starts.datasets[id], labels[i])) as string
      const end = maskName({ imageStem: '', classId, instance: instances[i] })
      sum.addHash(hash.from(starts.a[id], starts.b[id]).feed(end.slice(MASK_FOLDER.length)))
    }
}

/** A dimension table's names by id. */
async function readNames(column: string, table: TableName, read: Read): Promise<string[]> {
  const names: string[] = []
  for await (const [ids, values] of read<[number[], string[]]>(`${column}_id, ${column}`, table))
    for (let i = 0; i < ids.length; i++) names[ids[i]] = values[i]
  return names
}

/** Labels are numbered in 16 bits. */
const classKey = (datasetId: number, labelId: number): number => datasetId * 65_536 + labelId

async function readClassIds(read: Read): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>()
  for await (const [datasets, labels, ids] of read<[number[], number[], string[]]>(
    'dataset_id, label_id, class_id',
    'class_ids',
  ))
    for (let i = 0; i < ids.length; i++) found.set(classKey(datasets[i], labels[i]), ids[i])
  return found
}

async function* stream<Columns>(engine: NodeEngine, text: string): AsyncGenerator<Columns> {
  const result = await engine.connection.stream(text)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk.getColumns() as Columns
  }
}
