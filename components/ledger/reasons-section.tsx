import { REASONS } from '../../lib/ledger/reasons'
import { LedgerSection } from './ledger-section'

/** What is known of the reasons, with sources. */
export function ReasonsSection() {
  return (
    <LedgerSection
      id="reasons"
      title="Reasons"
      note="What the authors or this manifest say about why numbers differ. Nothing is inferred: how much of a difference is due to what is not published."
    >
      <dl className="flex max-w-4xl flex-col gap-2 text-[12px]">
        {REASONS.map(({ id, short, text, sources }) => (
          <div key={id} id={`why-${id}`} className="scroll-mt-10 px-1 target:bg-notice">
            <dt className="font-semibold">{short}</dt>
            <dd>
              {text}
              {sources.length > 0 && (
                <ul className="text-[11px] text-muted">
                  {sources.map(({ title, url }) => (
                    <li key={url}>
                      <a href={url} rel="noreferrer" className="underline">
                        {title}
                      </a>
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </LedgerSection>
  )
}
