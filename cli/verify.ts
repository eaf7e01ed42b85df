import { UserError } from '../lib/errors'
import { countOf, formatCount } from '../lib/format'
import { verifyManifest } from '../lib/manifest/verify-manifest.node.ts'
import type { Effects } from './effects'
import { qualityLines } from './quality-lines'

export interface VerifyOptions {
  readonly manifest: string
  readonly json?: boolean
}

/** `samed2d verify`: checks a manifest against itself; fails if any rule is broken. */
export async function verify(
  { manifest: dir, json = false }: VerifyOptions,
  effects: Pick<Effects, 'log' | 'write'>,
): Promise<void> {
  const { findings, unassigned, measured } = await verifyManifest(dir, ({ rule, problem }) =>
    effects.log(problem === null ? `ok      ${rule}` : `BROKEN  ${rule}: ${problem}`),
  )
  const broken = findings.filter(finding => finding.problem !== null)
  if (json) {
    effects.write(
      `${JSON.stringify({ ok: broken.length === 0, findings, unassigned, measured }, null, 2)}\n`,
    )
  } else {
    effects.write(`${countOf(findings.length, 'rule')} checked, ${broken.length} broken\n`)
    if (measured) for (const line of qualityLines(measured.quality)) effects.write(`${line}\n`)
    if (unassigned.length > 0) {
      effects.write(`${countOf(unassigned.length, 'label')} without an organ:\n`)
      for (const { label, masks } of unassigned)
        effects.write(`  ${formatCount(masks).padStart(12)} masks  ${label}\n`)
    }
  }
  if (broken.length > 0)
    throw new UserError(
      `${dir}: ${countOf(broken.length, 'rule')} broken; write the manifest again`,
    )
}
