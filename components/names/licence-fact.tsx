import { type Licence, licenceRemark } from '../../lib/catalog/licences'
import { SourceLinks } from '../ui/source-links'

/** A licence, how far it can be relied on, and the pages that state it. */
export function LicenceFact({ licence }: { licence: Licence }) {
  return (
    <>
      {licence.licence} <span className="text-[11px] text-muted">({licenceRemark(licence)})</span>{' '}
      <SourceLinks source={licence.source} />
    </>
  )
}
