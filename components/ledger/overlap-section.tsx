import { countOf, formatCount } from '../../lib/format'
import type { OverlapFinding } from '../../lib/ledger/overlaps'
import type { Duplicates } from '../../lib/manifest/manifest'
import { LedgerSection } from './ledger-section'
import { OverlapHeat } from './overlap-heat'
import { OverlapTable } from './overlap-table'
import { SharedScans } from './shared-scans'

/** Images that are equal byte for byte, across and within datasets. */
export function OverlapSection({
  duplicates,
  overlaps,
}: {
  duplicates: Duplicates | null
  overlaps: readonly OverlapFinding[]
}) {
  return (
    <LedgerSection
      id="duplicates"
      title="Equal images"
      note="Images with equal size in bytes and equal CRC-32: the same file under another name. A cropped or rescaled copy is a different file and is not found."
    >
      <div className="flex flex-col gap-4 text-[12px]">
        {duplicates === null && (
          <p>
            Duplicate check needs a manifest built from the ZIP, whose directory lists the size and
            CRC-32 of every file.
          </p>
        )}
        {duplicates && duplicates.overlaps.length === 0 && <p>No two images are equal.</p>}
        {duplicates && duplicates.overlaps.length > 0 && (
          <>
            <p>
              {countOf(duplicates.images, 'image')} have an equal image, in{' '}
              {formatCount(duplicates.groups)} {duplicates.groups === 1 ? 'group' : 'groups'}.
            </p>
            <OverlapHeat overlaps={duplicates.overlaps} />
            <details>
              <summary className="w-fit">
                Table of {countOf(duplicates.overlaps.length, 'overlap')}
              </summary>
              <OverlapTable overlaps={duplicates.overlaps} />
            </details>
          </>
        )}
        <SharedScans overlaps={overlaps} />
      </div>
    </LedgerSection>
  )
}
