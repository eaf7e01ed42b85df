import type { Archive } from '../../archive/archive'
import { withoutQuery } from '../../archive/part-names'
import { planReads } from '../../archive/plan-reads'
import { readGroup } from '../../archive/read-group.node.ts'
import { streamEntry } from '../../archive/stream-entry.node.ts'
import { type FetchSource, type FileResult, MAX_FILE_BYTES } from './fetch-source'

/** Use an archive as a source of files. Closing the source closes the archive. */
export const archiveFiles = (archive: Archive): FetchSource => ({
  kind: 'archive',
  place: withoutQuery(archive.location),
  bytes: archive.parts.size,
  plan: files =>
    planReads(files, archive.parts).map(group => ({
      files: group.entries,
      read: async signal =>
        (await readGroup(archive, group, { maxBytes: MAX_FILE_BYTES, signal })).map(
          ({ entry: file, data, error }): FileResult =>
            error ? { file, error } : { file, data: data as Uint8Array },
        ),
    })),
  stream: (file, signal) => streamEntry(archive, file, signal ? { signal } : {}),
  close: () => archive.close(),
})
