'use client'

import type { ReactNode } from 'react'
import { type First, isProblem } from '../../lib/first/first-answers'
import { EngineProvider } from '../engine-provider'
import { Header } from '../layout/header'
import { ManifestProblem } from '../layout/manifest-problem'
import { SimulatedBanner } from '../layout/simulated-banner'
import { Palette } from '../palette/palette'

/** Header and banner around every page; without a manifest, the problem in place of the page. */
export function AppFrame({ first, children }: { first: First; children: ReactNode }) {
  return (
    <>
      <Header />
      {isProblem(first) ? (
        <ManifestProblem message={first.problem} samed2d={first.place.samed2d} />
      ) : (
        <EngineProvider first={first}>
          <SimulatedBanner />
          <Palette />
          {children}
        </EngineProvider>
      )}
    </>
  )
}
