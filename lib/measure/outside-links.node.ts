import { dirname, parse, sep } from 'node:path'
import { quoted } from '../command-line'
import { shownPlace } from '../command-name.node.ts'
import { countOf } from '../format'
import type { OutsideLink } from '../images/image-fault'

/** Links that lead out of the allowed folders, by the folder of the target. `link` and `target` are an example. */
export type OutsideLinks = Map<
  string,
  { links: number; readonly link: string; readonly target: string }
>

/** Maximum number of folders in the map. Links to other folders are counted under the last folder. */
const MANY = 200

export function addOutside(links: OutsideLinks, { link, target }: OutsideLink): OutsideLinks {
  return addTo(links, dirname(target), 1, link, target)
}

/** Add the links that another batch found. Changes `links`. */
export function joinOutside(links: OutsideLinks, found: OutsideLinks): OutsideLinks {
  for (const [folder, { links: n, link, target }] of found) addTo(links, folder, n, link, target)
  return links
}

function addTo(links: OutsideLinks, folder: string, n: number, link: string, target: string) {
  const known = links.get(folder) ?? (links.size < MANY ? undefined : [...links.values()].at(-1))
  if (known) known.links += n
  else links.set(folder, { links: n, link, target })
  return links
}

/** Maximum number of options in a message, so that the message stays on one line. */
const MOST_OPTIONS = 3

/**
 * One-line message with an example of the links that were not followed, and the options that allow them. Null if there
 * are no such links. The message has absolute paths, so show it only to the user who runs the command.
 */
export function outsideText(links: OutsideLinks): string | null {
  const [first] = links.values()
  if (!first) return null
  const n = [...links.values()].reduce((sum, each) => sum + each.links, 0)
  const options = rootsFor([...links.keys()]).map(
    root => `--allow-root ${quoted(shownPlace(root))}`,
  )
  return `${countOf(n, 'file')} not measured: links that lead out of the folders that may be read, such as ${first.link} → ${first.target}; to read them, add ${options.join(' ')}`
}

/** The folders to allow: all target folders if they are few, otherwise their common parent folder. */
function rootsFor(folders: readonly string[]): readonly string[] {
  if (folders.length <= MOST_OPTIONS) return folders
  const common = folders.reduce(commonFolder)
  // Never suggest the root of a disk, because that would allow all files.
  return common === parse(common).root ? folders.slice(0, MOST_OPTIONS) : [common]
}

function commonFolder(a: string, b: string): string {
  const [as, bs] = [a.split(sep), b.split(sep)]
  const at = as.findIndex((step, i) => step !== bs[i])
  const common = (at < 0 ? as : as.slice(0, at)).join(sep)
  return common === '' || common.endsWith(':') ? parse(a).root : common
}
