/**
 * An absolute path of two steps or more, on any system; not the path of a URL, and not one of our own API. A path
 * with spaces is only found as one of the known folders.
 */
const PATH =
  /(?<![\w./\\:~%-])(?!\/api\/)(?:[a-z]:[\\/]|[\\/])(?:[^\s\\/"'`<>:;,()]+[\\/])+([^\s\\/"'`<>:;,()]*)/gi

/**
 * Makes texts of errors fit to be sent to other machines: absolute paths of this one become their last step.
 *
 * @param folders Folders and files that texts may name; the empty string and texts that are no absolute path are
 *   left out.
 */
export function pathHider(folders: readonly string[]): (text: string) => string {
  const known = folders
    .filter(folder => /^([\\/]|[a-z]:[\\/])[^\\/]/i.test(folder))
    .map(folder => folder.replace(/[\\/]+$/, ''))
    // A folder inside another one first.
    .sort((a, b) => b.length - a.length)
    .map(folder => ({ name: lastStep(folder), found: asPath(folder) }))
  return text => {
    const named = known.reduce((rest, { name, found }) => rest.replace(found, () => name), text)
    return named.replace(PATH, (_, last: string) => last || '…')
  }
}

/** A path where it stands as a path of its own, or as the start of one. */
const asPath = (path: string): RegExp =>
  new RegExp(
    `(?<![\\w./\\\\:~%-])${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-]*\\w)`,
    'g',
  )

const lastStep = (path: string): string => path.split(/[\\/]/).at(-1) ?? ''
