import { resolve } from 'node:path'
import { FORMAT_VERSION } from '../lib/manifest/manifest'
import { upgradeManifest } from '../lib/store/upgrade.node.ts'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { withPartialFolders } from './partial-folders'

export interface UpgradeOptions {
  readonly manifest: string
  readonly json?: boolean
}

/**
 * `samed2d upgrade`: writes a manifest of an older format again in the newest one, with all that was
 * measured.
 *
 * @throws UserError as `upgradeManifest`.
 */
export async function upgrade(
  { manifest: dir, json = false }: UpgradeOptions,
  effects: Effects,
): Promise<void> {
  const out = resolve(dir)
  const { manifest, from, changed } = await withPartialFolders(out, effects, () =>
    upgradeManifest(out, effects.log),
  )
  const result = { manifest: out, id: manifest.id, changed, from, to: FORMAT_VERSION }
  if (json) effects.write(jsonText(result))
  else
    effects.write(
      changed
        ? `${out}: upgraded from format ${from} to ${FORMAT_VERSION}\n`
        : `${out}: already has format ${FORMAT_VERSION}\n`,
    )
}
