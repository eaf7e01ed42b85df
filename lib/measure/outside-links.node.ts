import { dirname, parse, sep } from 'node:path'
import { quoted } from '../command-line'
import { shownPlace } from '../command-name.node.ts'
import { countOf } from '../format'
import type { OutsideLink } from '../images/image-fault'

/** Links that lead out of the folders that may be read, by the folder of the file that they lead to. */
export type OutsideLinks = Map<
  string,
  { links: number; readonly link: string; readonly target: string }
>

/** Folders that are remembered; links into further ones are counted under the last one. */
const MANY = 200

/** Add a link. */
export function addOutside(links: OutsideLinks, { link, target }: OutsideLink): OutsideLinks {
  return addTo(links, dirname(target), 1, link, target)
}

/** Add what another batch has found. */
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

/** More options would not fit into a line. */
const MOST_OPTIONS = 3

/**
 * Which links were not followed, where they lead, and which option allows it, in a line; null if there are none. With
 * paths of this machine, so for the one who runs the command.
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

/** The folders to allow: those of the files, or where they are many, the folder that has them all. */
function rootsFor(folders: readonly string[]): readonly string[] {
  if (folders.length <= MOST_OPTIONS) return folders
  const common = folders.reduce(commonFolder)
  // The root of a disk would allow everything.
  return common === parse(common).root ? folders.slice(0, MOST_OPTIONS) : [common]
}

function commonFolder(a: string, b: string): string {
  const [as, bs] = [a.split(sep), b.split(sep)]
  const at = as.findIndex((step, i) => step !== bs[i])
  const common = (at < 0 ? as : as.slice(0, at)).join(sep)
  return common === '' || common.endsWith(':') ? parse(a).root : common
}
