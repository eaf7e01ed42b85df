/**
 * Lines of listings that name no file: headers, rules and totals of unzip, zipinfo, ls, 7z, tree, dir and PowerShell.
 */
const FRAMES: readonly RegExp[] = [
  /^Archive:\s/,
  /^\s*Length\s.*\bName$/,
  /^[\s-]*-{3,}[\s-]*$/,
  /^\s*\d+(\s+\d+\s+-?\d+%)?\s+\d+ files?$/,
  /^Zip file size: \d+ bytes/,
  /^\d+ files?, \d+ bytes uncompressed/,
  /^total [\d.,]+[KMGTP]?$/i,
  /^\d+ director(y|ies)(, \d+ files?)?$/,
  /^\s*Date\s+Time\s+Attr\s.*\bName$/,
  /^\s*Mode\s+LastWriteTime\s.*\bName$/,
  /^\s*Directory( of|:)\s/,
  /^\s*Volume (in drive|Serial Number)\s/,
  /^[\d-]+\s+[\d:]+\s+[\d\s]*\d+ files?(, \d+ folders?)?$/,
  /^\s*\d+ (File|Dir)\(s\)\s/,
]

export const isFrame = (line: string): boolean => FRAMES.some(frame => frame.test(line))

/** Patterns for lines of listings. They match what precedes the name. */
const ROWS: readonly RegExp[] = [
  // ls -l, find -ls, tar -tv
  /^\s*(?:\d+\s+\d+\s+)?(?<type>[-dlbcpsD])[rwxsStT-]{9}[.+@]?\s+(?:\d+\s+)?\S+(?:\s+\S+)?\s+[\d,.]+[KMGTP]?\s+(?:\w{3}\s+\d+\s+[\d:]+|\d{4}-\d\d-\d\d\s+[\d:.]+(?:\s+[+-]\d{4})?)\s+(?<name>.+)$/,
  // zipinfo
  /^(?<type>[-dl?])[rwxsStTah?-]{9}\s+[\d.]+\s+\w{3}\s+\d+\s+\S+\s+\S+\s+\S+\s+[\d:]+\s+(?<name>.+)$/,
  // unzip -l, unzip -v
  /^\s*\d+\s+(?:\S+\s+\d+\s+-?\d+%\s+)?\d{2,4}[-/]\d{2}[-/]\d{2,4}\s+\d\d:\d\d\s+(?:[0-9a-f]{8}\s+)?(?<name>.+)$/,
  // 7z l
  /^[\d-]+\s+[\d:]+\s+(?<type>[D.])[A-Z.]{4}\s+\d*\s+\d*\s+(?<name>.+)$/,
  // md5sum, sha256sum and the like
  /^[0-9a-f]{32,128}\s[\s*](?<name>.+)$/i,
  // du
  /^[\d.]+[KMGTP]?\t(?<name>.+)$/,
]

/** The file or folder named on a line of a listing; null for other lines. */
export function listedName(line: string): { name: string; isFolder: boolean } | null {
  for (const row of ROWS) {
    const { type = '-', name } = row.exec(line)?.groups ?? {}
    if (name === undefined) continue
    const isFolder = 'dD'.includes(type) || /[/\\]$/.test(name)
    return { name: name.replace(type === 'l' ? / -> .*$/ : /$^/, ''), isFolder }
  }
  return null
}

/** A folder on a line of its own, as in the output of find, `unzip -Z1` and `ls -R`; null for other lines. */
export function folderOf(line: string): string | null {
  const path = line.replace(/^(\.[/\\])+/, '').replace(/[/\\:]+$/, '')
  const isMarked = /[/\\]$|[^\s]:$/.test(line)
  const isKnown = path === '.' || path === '' || /(^|[/\\])(images|masks|SAMed2Dv1)$/i.test(path)
  return isMarked || isKnown ? path.replaceAll('\\', '/') : null
}
