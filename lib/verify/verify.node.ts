import { UserError } from '../errors'
import { rowsOf } from '../manifest/files-of'
import { openManifest } from '../store/open-manifest.node.ts'
import { type ArchiveCheckOptions, checkArchive } from './check-archive.node.ts'
import { checkNames } from './check-names.node.ts'
import { type Finding, type Verification, verifyManifest } from './verify-manifest.node.ts'

export interface VerifyOptions extends ArchiveCheckOptions {
  /** Path or http(s) URL of the archive to compare the locator with. */
  readonly archive?: string
  readonly onFinding?: (finding: Finding) => void
  /** Called with the number of images whose names were checked so far, and in total. */
  readonly onNames?: (done: number, total: number) => void
}

/**
 * Run all checks of a manifest: `verifyManifest`, then the file names of all rows, then the archive, if given.
 * If `verifyManifest` finds a problem, names and archive are not checked.
 *
 * @throws UserError if `options.archive` is not a URL or a .zip; as `verifyManifest` and `checkArchive`.
 */
export async function verifyAll(dir: string, options: VerifyOptions): Promise<Verification> {
  const { archive, onFinding = () => {}, onNames = () => {}, signal } = options
  if (archive !== undefined && !/^https?:\/\//i.test(archive) && !/\.zip$/i.test(archive))
    throw new UserError(`${archive}: verify needs an archive; give the path or URL of its .zip`, 2)
  const own = await verifyManifest(dir, onFinding)
  if (own.findings.some(({ problem }) => problem !== null)) return own
  signal?.throwIfAborted()
  const findings = [...own.findings]
  const note = (found: readonly Finding[]) => {
    findings.push(...found)
    for (const finding of found) onFinding(finding)
  }
  const { engine, manifest } = await openManifest(dir)
  try {
    const images = rowsOf(manifest, 'images')
    note(await checkNames(engine, images, done => onNames(done, images), signal))
    if (archive !== undefined) note(await checkArchive(engine, manifest, archive, options))
    return { ...own, findings }
  } finally {
    engine.close()
  }
}
