import { countOf, formatCount } from '../../lib/format'
import type { FamilyFinding } from '../../lib/ledger/overlaps'
import type { Duplicates } from '../../lib/manifest/manifest'
import { FamilyList } from './family-list'
import { LedgerSection } from './ledger-section'
import { OverlapHeat } from './overlap-heat'
import { OverlapTable } from './overlap-table'

/** Images that are equal byte for byte, across and within datasets. */
export function OverlapSection({
  duplicates,
  families,
}: {
  duplicates: Duplicates | null
  families: readonly FamilyFinding[]
}) {
  return (
    <LedgerSection
      id="duplicates"
      title="Equal images"
      note="Images of equal size in bytes and equal CRC-32: the same file under another name. A picture that was cut or scaled anew is another file, and is not found so."
    >
      <div className="flex flex-col gap-4 text-[12px]">
        {duplicates === null && (
          <p>
            Not known of this manifest: it needs an ingest from the archive, whose directory has
            sizes and CRC-32 of all files.
          </p>
        )}
        {duplicates && duplicates.overlaps.length === 0 && (
          <p>Compared, and no two images are equal.</p>
        )}
        {duplicates && duplicates.overlaps.length > 0 && (
          <>
            <p>
              {countOf(duplicates.images, 'image')} have an equal one, in{' '}
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
        <FamilyList families={families} />
      </div>
    </LedgerSection>
  )
}
