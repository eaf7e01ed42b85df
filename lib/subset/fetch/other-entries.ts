import { fileName } from '../../archive/archive'
import type { ArchiveEntry } from '../../archive/entry'
import type { OtherName } from '../list/requests.node.ts'
import type { OtherFile } from './wanted'

/** Maximum number of entries of a name that are remembered. Two already make a name ambiguous. */
const MAX_SAME = 8

/**
 * Finds entries other than pictures by name. Names may be relative to the release, relative to the archive, or
 * absolute.
 */
export class OtherEntries {
  private readonly found = new Map<string, { entry: ArchiveEntry; problem: string | null }[]>()

  /** @param names Names to look for. */
  constructor(names: readonly OtherName[]) {
    for (const { name } of names) this.found.set(fileName(name), [])
  }

  /** Add an entry of the directory. `problem` says why it must not be used. */
  add(entry: ArchiveEntry, problem: string | null): void {
    const same = this.found.get(fileName(entry.name))
    if (same && same.length < MAX_SAME) same.push({ entry, problem })
  }

  /**
   * The entry for a name, or the reason why there is none.
   *
   * @param prefix Folder of the release in the archive, with trailing slash.
   */
  find(name: string, prefix: string): OtherFile | string {
    const asked = name.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
    const inRelease = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : path)
    const fits = ({ entry: { name: path } }: { entry: ArchiveEntry }) =>
      [path, inRelease(path)].some(
        full => full === asked || asked.endsWith(`/${full}`) || full.endsWith(`/${asked}`),
      )
    const all = (this.found.get(fileName(asked)) ?? []).filter(fits)
    // Among several entries, the one in the release itself is preferred.
    const own = all.filter(({ entry }) => inRelease(entry.name) === asked || entry.name === asked)
    const [only, second] = own.length > 0 ? own : all
    if (!only) return 'is not in the archive'
    if (second)
      return `is in the archive more than once (${only.entry.name}, ${second.entry.name}); which one is meant is not known`
    if (only.problem !== null) return `must not be used: ${only.entry.name} ${only.problem}`
    const { entry } = only
    return { ...entry, path: inRelease(entry.name) }
  }
}
