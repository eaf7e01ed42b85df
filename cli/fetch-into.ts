import { resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countOf, formatBytes } from '../lib/format'
import { parseSize } from '../lib/http/system-cache.node.ts'
import { type FetchResult, fetchFiles } from '../lib/subset/fetch/fetch-files.node.ts'
import type { FetchSource } from '../lib/subset/fetch/fetch-source'
import { folderSink } from '../lib/subset/fetch/folder-sink.node.ts'
import type { Sink } from '../lib/subset/fetch/sink'
import { tarSink } from '../lib/subset/fetch/tar-sink.node.ts'
import type { Wanted } from '../lib/subset/fetch/wanted'
import { zipSink } from '../lib/subset/fetch/zip-sink.node.ts'
import type { Effects } from './effects'
import { isCaseLayout } from './fetch-cases'
import type { FetchCommandOptions, FileLayout, Layout } from './fetch-options'
import type { FetchTexts } from './fetch-texts'
import { jsonText } from './json-text'
import { startProgress } from './progress'

/** Fetch files into a sink, and report what was fetched. @throws UserError if some file could not be fetched. */
export async function fetchInto(
  source: FetchSource,
  wanted: Wanted,
  layout: Layout,
  sink: Sink,
  options: FetchCommandOptions,
  effects: Effects,
  onDone: () => void = () => {},
): Promise<void> {
  sayMissing(source, wanted, effects)
  effects.log(planText(source, wanted))
  const progress = startProgress(effects, { label: 'Fetching', unit: 'files', total: wanted.files })
  const result = await fetchFiles(source, sink, {
    signal: effects.signal,
    parallel: options.parallel,
    onProgress: ({ files, skipped }) => progress.update(files + skipped),
  })
  progress.end()
  onDone()
  report(sink.out, layout, result, wanted, options, effects)
}

/** Fetch files into a layout that has them as they are. @throws as `fetchInto`. */
export const fetchFilesInto = (
  source: FetchSource,
  wanted: Wanted,
  layout: FileLayout,
  texts: FetchTexts,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> =>
  fetchInto(source, wanted, layout, sinkOf(layout, wanted, texts, options), options, effects)

function sinkOf(
  layout: FileLayout,
  wanted: Wanted,
  { name, companions, lines }: FetchTexts,
  { out, shardBytes = '1G', shardSamples = 10_000 }: FetchCommandOptions,
): Sink {
  const place = resolve(out)
  if (layout === 'zip') return zipSink(place, wanted, companions)
  if (layout === 'folder') return folderSink(place, wanted, companions)
  const maxBytes = parseSize(shardBytes, '--shard-bytes')
  return tarSink(place, wanted, { name, companions, lines, maxBytes, maxSamples: shardSamples })
}

/** Counts with those of files other than pictures, which are fetched beside them. */
function withOthers<Counts extends { readonly files: number; readonly bytes: number }>(
  counts: Counts,
  { others }: Wanted,
): Counts {
  const bytes = others.reduce((sum, file) => sum + file.bytes, counts.bytes)
  return { ...counts, files: counts.files + others.length, bytes }
}

const packedBytesOf = ({ packedBytes, others }: Wanted): number =>
  others.reduce((sum, file) => sum + file.compressedBytes, packedBytes)

function planText({ bytes: all }: FetchSource, wanted: Wanted): string {
  const { files, bytes } = withOthers(wanted, wanted)
  const of = all === null ? '' : ` of ${formatBytes(all)}`
  return `${countOf(files, 'file')}, ${formatBytes(packedBytesOf(wanted))}${of} to fetch, ${formatBytes(bytes)} on disk`
}

function sayMissing(
  { kind }: FetchSource,
  { missing, firstMissing }: Wanted,
  { log }: Effects,
): void {
  if (missing > 0)
    log(
      `Not in the ${kind}${kind === 'folder' ? ', or not readable' : ''}: ${countOf(missing, 'file')}, such as ${firstMissing[0]}`,
    )
}

/** Print what would be fetched. */
export function sayPlan(
  source: FetchSource,
  wanted: Wanted,
  layout: Layout,
  { json }: FetchCommandOptions,
  effects: Effects,
): void {
  sayMissing(source, wanted, effects)
  const { files, bytes, missing } = withOthers(wanted, wanted)
  const packedBytes = packedBytesOf(wanted)
  effects.write(
    json
      ? jsonText({ layout, files, bytes, packedBytes, missing })
      : `${planText(source, wanted)}\n`,
  )
}

function report(
  out: string,
  layout: Layout,
  result: FetchResult,
  wanted: Wanted,
  { json = false, allowMissing = false }: FetchCommandOptions,
  effects: Effects,
): void {
  const { missing, firstMissing } = wanted
  const { files, bytes, skipped, failed } = withOthers(result, wanted)
  effects.write(
    json
      ? jsonText({ out, layout, files, skipped, bytes, missing, failed })
      : `${out}: ${countOf(files, 'file')} fetched (${formatBytes(bytes)}), ${countOf(skipped, 'file')} already present\n`,
  )
  const lost = failed.length + (allowMissing ? 0 : missing)
  if (lost === 0) return
  if (failed.length === 0 && !isCaseLayout(layout))
    throw new UserError(
      `${countOf(lost, 'file')} could not be fetched, such as ${firstMissing[0]}; correct this and run the command again, or add --allow-missing to go without`,
    )
  const why = failed.length > 0 ? `: ${failed.slice(0, 5).join('; ')}` : ''
  const unfinished = isCaseLayout(layout)
    ? `the dataset is incomplete: run the command again${missing > 0 && !allowMissing ? ', or add --allow-missing to leave out the images of missing files' : ''}`
    : layout === 'folder'
      ? 'run the command again to retry only those'
      : 'incomplete files end in .incomplete; run the command again to retry only those, or leave their images out'
  throw new UserError(`${countOf(lost, 'file')} could not be fetched${why}; ${unfinished}`)
}
