'use client'

import { useMemo } from 'react'
import { datasetPath, labelPath, overviewPath } from '../../lib/catalog/paths'
import { ledgerOf } from '../../lib/ledger/ledger'
import { parseLedgerView } from '../../lib/ledger/view'
import { useEngine } from '../engine-provider'
import { useQueryString } from '../use-query-string'
import { DefectsSection } from './defects-section'
import { ImageSplitSection } from './image-split-section'
import { LedgerAside } from './ledger-aside'
import { LicencesSection } from './licences-section'
import { NameSection } from './name-section'
import { NumberSection } from './number-section'
import { OverlapSection } from './overlap-section'
import { ReasonsSection } from './reasons-section'
import { RejectedSection } from './rejected-section'

const PATHS: Readonly<Record<string, (name: string) => string>> = {
  'by-dataset': datasetPath,
  'by-prefix': submodality => overviewPath({ submodality }),
  'by-label': labelPath,
}

/** Paper, public release and this manifest side by side, from manifest.json only. */
export function LedgerPage() {
  const { manifest } = useEngine()
  const ledger = useMemo(() => ledgerOf(manifest), [manifest])
  const search = useQueryString()
  const view = useMemo(() => parseLedgerView(search), [search])
  return (
    <div className="flex grow max-md:flex-col">
      <LedgerAside ledger={ledger} view={view} />
      <main className="min-w-0 grow px-4 pb-10 md:px-6">
        <div className="max-w-4xl py-3">
          <h1 className="text-xl leading-tight font-semibold">Paper vs release</h1>
          <p className="break-words text-muted">
            How the paper, the public release and this manifest compare: {manifest.name}, manifest{' '}
            {manifest.id.slice(0, 8)}. “—” is not known, with the reason on hover; “about” and “≈”
            (read off a figure) are as published, and differ only where their accuracy leaves no
            doubt.
          </p>
        </div>
        {ledger.numbers.map(section => (
          <NumberSection key={section.id} section={section} view={view} />
        ))}
        {ledger.names.map(section => (
          <NameSection
            key={section.id}
            section={section}
            view={view}
            pathOf={PATHS[section.id] ?? datasetPath}
          />
        ))}
        <RejectedSection rejected={ledger.rejected} />
        <OverlapSection duplicates={ledger.duplicates} overlaps={ledger.overlaps} />
        <ImageSplitSection split={ledger.imageSplit} />
        <DefectsSection defects={ledger.defects} />
        <LicencesSection licences={ledger.licences} />
        <ReasonsSection />
      </main>
    </div>
  )
}
