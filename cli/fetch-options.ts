import { UserError } from '../lib/errors'
import { type CaseCommandOptions, type CaseLayoutName, isCaseLayout } from './fetch-cases'
import { firstGiven, type RecipeOptions } from './subset'

/** How fetched files are laid out. */
const LAYOUTS = ['folder', 'tar', 'zip', 'nnunet', 'medsam'] as const
export type Layout = (typeof LAYOUTS)[number]
export type FileLayout = Exclude<Layout, CaseLayoutName>

export interface FetchCommandOptions extends RecipeOptions, CaseCommandOptions {
  /** The release's ZIP or folder. */
  readonly archive?: string | undefined
  /** Further folders that links of the release's folder may lead into. */
  readonly allowRoot?: readonly string[]
  /** Names of files, instead of a list or beside one. */
  readonly file?: readonly string[]
  /** Fetch the rest where names of a list are not there or lines name nothing. */
  readonly allowMissing?: boolean
  readonly layout?: string
  /** As `parseSize` reads it. */
  readonly shardBytes?: string
  readonly shardSamples?: number
  readonly manifest?: string
  readonly parallel: number
  readonly dryRun?: boolean
  readonly json?: boolean
  /** Maximum time to wait for the archive's server, in ms. */
  readonly waitAtMost?: number
}

/** The layout of the command line; by default a ZIP if --out ends in .zip, else a folder. */
export function layoutOf({ layout, out }: FetchCommandOptions): Layout {
  const isZip = out.toLowerCase().endsWith('.zip')
  const found = LAYOUTS.find(each => each === (layout ?? (isZip ? 'zip' : 'folder')))
  if (!found)
    throw new UserError(
      `--layout ${layout}: unknown layout; expected one of ${LAYOUTS.join(', ')}`,
      2,
    )
  if (found === 'zip' && !isZip)
    throw new UserError(`--layout zip: --out ${out} must end in .zip`, 2)
  return found
}

/** @throws UserError for an option that would do nothing. */
export function assertNotIdle(layout: Layout, options: FetchCommandOptions): void {
  const { overlapRule, fix, channels } = options
  const composing = firstGiven({ 'overlap-rule': overlapRule, fix, channels })
  if (composing && !isCaseLayout(layout))
    throw new UserError(
      `--${composing}: only --layout nnunet and medsam compose label maps; leave out --${composing}, or choose one of these`,
      2,
    )
  if (layout === 'tar') return
  const { shardBytes, shardSamples } = options
  const idle = firstGiven({ 'shard-bytes': shardBytes, 'shard-samples': shardSamples })
  if (idle)
    throw new UserError(
      `--${idle}: only --layout tar has shards; leave out --${idle}, or choose --layout tar`,
      2,
    )
}
