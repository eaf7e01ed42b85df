'use client'

import { commandLine } from '../../lib/command-line'
import { useEngine, usePlace } from '../engine-provider'

/** Banner of simulated manifests on every page; renders nothing for a real release. */
export function SimulatedBanner() {
  const { manifest } = useEngine()
  const { samed2d } = usePlace()
  if (!manifest.simulated) return null
  return (
    <section
      aria-label="About this manifest"
      data-testid="simulated"
      className="border-b border-notice-line bg-notice px-4 py-1.5 text-[12px]"
    >
      <strong className="font-semibold">Demo data:</strong> totals match the paper, individual
      images are simulated. To see the real release, run{' '}
      <code>{commandLine(samed2d, 'ingest')}</code> on it and serve that manifest.
    </section>
  )
}
