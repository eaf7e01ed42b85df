import {
  IMAGE_SPLIT_NOTE,
  IMAGE_SPLIT_SOURCE,
  IMAGE_SPLIT_TITLE,
  imageSplitLines,
} from '../../lib/ledger/image-split'
import type { Ledger } from '../../lib/ledger/ledger'
import { SourceLinks } from '../ui/source-links'
import { LedgerSection } from './ledger-section'

/** What a split by image, as the authors made it, does to this manifest's patients. */
export function ImageSplitSection({ split }: { split: Ledger['imageSplit'] }) {
  return (
    <LedgerSection id="image-split" title={IMAGE_SPLIT_TITLE} note={IMAGE_SPLIT_NOTE}>
      <ul className="max-w-4xl text-[12px]">
        {imageSplitLines(split).map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <SourceLinks source={IMAGE_SPLIT_SOURCE} />
    </LedgerSection>
  )
}
