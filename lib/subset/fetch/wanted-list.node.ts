import type { Archive } from '../../archive/archive'
import { nameProblem } from '../../archive/entry-problems'
import { type NodeEngine, openNodeEngine } from '../../engine/duckdb.node.ts'
import type { DirectoryStore } from '../../images/directory-store.node.ts'
import { stageEntries } from '../../locator/stage-entries.node.ts'
import { integer, sql } from '../../sql'
import { processFolder } from '../../store/process-folder.node.ts'
import { readList } from '../list/read-list.node.ts'
import { Requests } from '../list/requests.node.ts'
import { cannotBeRead, describeFiles } from './folder-files.node.ts'
import { stageFolder } from './folder-places.node.ts'
import type { OpenSource } from './open-source.node.ts'
import { OtherEntries } from './other-entries'
import { MOST_NAMED, type OtherFile, type Wanted } from './wanted'
import { wantedOf, wantedTableSql } from './wanted-table.node.ts'

/** Files requested by name. */
export interface NamedFiles {
  /** Path of a list, or `-` for standard input; null without a list. */
  readonly list: string | null
  /** Names on the command line. */
  readonly names: readonly string[]
  /** Standard input. */
  readonly input?: AsyncIterable<Uint8Array>
}

/** The files that a list names. */
export interface WantedList extends Wanted {
  /** Frees the tables. */
  close(): void
}

/** What a list names besides the pictures found. */
interface Rest {
  readonly kind: OpenSource['kind']
  readonly prefix: string
  readonly others: readonly OtherFile[]
  /** Other names that were not found, with the reason. */
  readonly lost: readonly { readonly name: string; readonly at: number; readonly why: string }[]
}

/**
 * Find the files that a list names in the archive's directory or in the folder. Three kinds of names count as missing:
 * absent names, names that occur more than once, and lines that name nothing. The result quotes the first few.
 *
 * @param onProgress Called with bytes of the directory, or files of the folder: so far, and in total.
 * @throws UserError as `readList`.
 */
export async function wantedOfList(
  source: OpenSource,
  { list, names, input }: NamedFiles,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<WantedList> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '1500MB',
    temp_directory: await processFolder('spill'),
  })
  try {
    const requests = await Requests.open(engine)
    try {
      for (const name of names) requests.name(name)
      if (list !== null) requests.word = await readList(list, requests, input)
    } finally {
      requests.close()
    }
    await engine.run(
      'CREATE TABLE names AS SELECT path, min(place) AS place FROM listed GROUP BY path',
    )
    const rest =
      source.kind === 'archive'
        ? await findEntries(engine, source.archive, requests, onProgress, signal)
        : await findFiles(engine, source.store, requests, onProgress, signal)
    const wanted = await wantedWith(engine, requests, rest)
    return { ...wanted, close: () => engine.close() }
  } catch (error) {
    engine.close()
    throw error
  }
}

/** Fill `wanted` from an archive's directory, and `problems` with repeated names. */
async function findEntries(
  engine: NodeEngine,
  archive: Archive,
  { others }: Requests,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Rest> {
  const found = new OtherEntries(others)
  const { prefix } = await stageEntries(engine, archive, {
    onProgress,
    signal,
    onOther: (entry, problem) => found.add(entry, problem),
  })
  const rest: { others: OtherFile[]; lost: Rest['lost'][number][] } = { others: [], lost: [] }
  for (const { name, at } of others) {
    const file = found.find(name, prefix)
    if (typeof file !== 'string') addOther(rest.others, file)
    else if (!(await addShortName(engine, name, at))) rest.lost.push({ name, at, why: file })
  }
  await engine.run(`CREATE TABLE problems AS
    SELECT path, 'is in the archive ' || count(*) || ' times; which one is meant is not known' AS problem
    FROM entries JOIN names ON name = path GROUP BY path HAVING count(*) > 1`)
  await engine.run(
    wantedTableSql(`(SELECT name AS path, * EXCLUDE (name) FROM entries
      SEMI JOIN (FROM names ANTI JOIN problems USING (path)) n ON name = n.path)`),
  )
  return { kind: 'archive', prefix, ...rest }
}

/** If a name without folder or `.png` fits exactly one picture, add that picture to `names`. */
async function addShortName(engine: NodeEngine, name: string, at: number): Promise<boolean> {
  const [base = ''] = name.split(/[/\\]/).slice(-1)
  const ends = [base, `${base}.png`].flatMap(end => [`images/${end}`, `masks/${end}`])
  const found = await engine.rows<{ name: string }>(
    sql`SELECT DISTINCT name FROM entries WHERE name IN ${ends}`,
  )
  const [only] = found
  if (!only || found.length > 1) return false
  await engine.rows(sql`INSERT INTO names SELECT ${only.name}, ${at}
    WHERE NOT EXISTS (FROM names WHERE path = ${only.name})`)
  return true
}

/** Fill `wanted` and `problems` from a folder. */
async function findFiles(
  engine: NodeEngine,
  store: DirectoryStore,
  { others }: Requests,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Rest> {
  await stageFolder(engine, store, onProgress, signal)
  await engine.run(wantedTableSql('places'))
  const rest: { others: OtherFile[]; lost: Rest['lost'][number][] } = { others: [], lost: [] }
  for (const { name, at } of others) {
    const file = await otherFile(store, name, signal)
    if (typeof file === 'string') rest.lost.push({ name, at, why: file })
    else addOther(rest.others, file)
  }
  return { kind: 'folder', prefix: '', ...rest }
}

/** Add a file unless it is in the list. A file may be named in several ways. */
function addOther(others: OtherFile[], file: OtherFile): void {
  if (!others.some(({ path }) => path === file.path)) others.push(file)
}

/** Find a file of a folder by a name that may begin with other folders. Returns the reason if there is no such file. */
async function otherFile(
  store: DirectoryStore,
  name: string,
  signal: AbortSignal,
): Promise<OtherFile | string> {
  const steps = name.replaceAll('\\', '/').split('/')
  const paths = steps.map((_, i) => steps.slice(i).join('/')).filter(path => !nameProblem(path))
  for await (const { path, found } of describeFiles(store, paths, signal)) {
    if (found.problem === undefined) {
      const { bytes, crc32 } = found
      return {
        path,
        name: path,
        part: 0,
        offset: 0,
        compressedBytes: bytes,
        bytes,
        method: 0,
        crc32,
      }
    }
    if (!found.isMissing) return cannotBeRead(path, found.problem)
  }
  return 'is not in the folder'
}

async function wantedWith(
  engine: NodeEngine,
  requests: Requests,
  { kind, prefix, others, lost }: Rest,
): Promise<Wanted> {
  const rows = await engine.rows<{
    path: string
    place: number
    problem: string | null
    n: number
  }>(
    sql`SELECT path, place, problem, (count(*) OVER ())::DOUBLE AS n
      FROM (names ANTI JOIN wanted USING (path)) LEFT JOIN problems USING (path)
      ORDER BY problem IS NULL, place, path LIMIT ${integer(MOST_NAMED)}`,
  )
  const whyNot = (path: string, problem: string | null) => {
    if (problem === null) return `is not in the ${kind}`
    return kind === 'folder' ? cannotBeRead(path, problem) : problem
  }
  const firstMissing = [
    ...requests.firstNothing.map(({ text, at }) => ({ name: text, at, why: 'names no file' })),
    ...lost,
    ...rows.map(({ path, place, problem }) => ({
      name: path,
      at: place,
      why: whyNot(path, problem),
    })),
  ]
  return wantedOf(engine, prefix, {
    others,
    missing: requests.nothing + lost.length + (rows[0]?.n ?? 0),
    firstMissing: firstMissing
      .slice(0, MOST_NAMED)
      .map(({ name, at, why }) => requests.said(name, at, why)),
  })
}
