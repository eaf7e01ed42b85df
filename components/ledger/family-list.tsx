import { formatCount } from '../../lib/format'
import type { FamilyFinding } from '../../lib/ledger/overlaps'

/** Families of datasets that may share images, each with the duplicates that were found. */
export function FamilyList({ families }: { families: readonly FamilyFinding[] }) {
  return (
    <div className="max-w-4xl">
      <h3 className="font-semibold">Families of datasets that may share images</h3>
      <p className="mb-1 text-[11px] text-muted">
        Our grouping, from the challenges’ public descriptions, with the equal images found in this
        manifest.
      </p>
      <ul className="flex flex-col gap-1.5">
        {families.map(({ name, datasets, note, present, found }) => (
          <li key={name}>
            <span className="font-semibold">{name}</span>{' '}
            <span className="text-muted">{datasets.join(', ')}.</span> {note}{' '}
            <span data-testid="family-found" className="block border-l-2 border-line pl-2">
              {foundText(found, present)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function foundText(found: FamilyFinding['found'], present: number): string {
  if (present < 2) return `${present === 0 ? 'None' : 'Only one'} of them is in this manifest.`
  if (found === null) return 'Not compared here.'
  if (found.length === 0) return 'Compared: no equal images.'
  const pairs = found.map(
    ({ a, b, imagesA, imagesB }) =>
      `${formatCount(imagesA)} of ${a} and ${formatCount(imagesB)} of ${b}`,
  )
  return `Equal images: ${pairs.join('; ')}.`
}
