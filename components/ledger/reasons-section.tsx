import { REASONS } from '../../lib/ledger/reasons'
import { LedgerSection } from './ledger-section'

/** The explanations of all reasons, with sources. */
export function ReasonsSection() {
  return (
    <LedgerSection
      id="reasons"
      title="Reasons"
      note="Why numbers differ, according to the authors or this manifest. The share of each reason in a difference is not published, and we do not estimate it."
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
