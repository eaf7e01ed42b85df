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
  /** Told how many images have had their names checked, and of how many. */
  readonly onNames?: (done: number, total: number) => void
}

/**
 * All checks of a manifest: itself as `verifyManifest`, then the names of its rows, then the archive.
 * What comes later is left out where an earlier step found the manifest broken.
 *
 * @throws UserError as `verifyManifest` and `checkArchive`.
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
