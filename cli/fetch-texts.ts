import type { NodeEngine } from '../lib/engine/duckdb.node.ts'
import { CLASS_MAP_FILE, INDEX_FILE } from '../lib/ingest/release-source.node.ts'
import { sql } from '../lib/sql'
import type { FetchSource } from '../lib/subset/fetch/fetch-source'
import type { Companion } from '../lib/subset/fetch/sink'
import type { OtherFile } from '../lib/subset/fetch/wanted'
import { recipeText } from '../lib/subset/recipe'
import type { OpenSubset } from '../lib/subset/write-subset.node.ts'

/** Texts that are fetched with the files of a subset. */
export interface FetchTexts {
  /** Name of the subset, usable in file names. */
  readonly name: string
  readonly companions: readonly Companion[]
  /** The subset as `jsonl`; null if not requested, or without a manifest. */
  readonly lines: (() => AsyncIterable<string>) | null
}

/** For a list of file names without a manifest: other files of the release that it names. */
export const noTexts = (source: FetchSource, others: readonly OtherFile[]): FetchTexts => ({
  name: 'subset',
  companions: others.map(file => ({
    name: file.path,
    content: () => source.stream(file),
    known: { bytes: file.bytes, crc32: file.crc32 },
  })),
  lines: null,
})

/**
 * The texts of a subset: index and class map, which make the fetched files a release of their own, recipe and credits.
 * All are made when they are read, and not stored.
 *
 * @param withLines Whether to make `lines`.
 */
export async function fetchTexts(
  made: OpenSubset,
  credits: string,
  engine: NodeEngine,
  withLines: boolean,
): Promise<FetchTexts> {
  return {
    name: made.recipe.name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60) || 'subset',
    companions: [
      { name: INDEX_FILE, content: () => made.text('index') },
      text(CLASS_MAP_FILE, await classMapOf(engine)),
      text('subset.json', recipeText(made.recipe)),
      text('credits.md', credits),
    ],
    lines: withLines ? () => linesOf(made.text('jsonl')) : null,
  }
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

const text = (name: string, content: string): Companion => ({
  name,
  async *content() {
    yield content
  },
})

/** `{dataset: {label: "0003", …}, …}` of the manifest, as a release has it. */
async function classMapOf(engine: NodeEngine): Promise<string> {
  const rows = await engine.rows<{ dataset: string; label: string; class_id: string }>(
    sql`SELECT dataset, label, class_id FROM class_ids JOIN datasets USING (dataset_id)
      JOIN labels USING (label_id) ORDER BY dataset, class_id`,
  )
  const map: Record<string, Record<string, string>> = {}
  for (const { dataset, label, class_id } of rows) {
    const ofDataset = map[dataset] ?? {}
    ofDataset[label] = class_id
    map[dataset] = ofDataset
  }
  return `${JSON.stringify(map, null, 1)}\n`
}
