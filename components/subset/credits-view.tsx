import { download } from '../download'
import { CopyButton } from '../ui/copy-button'
import { ToolButton } from '../ui/tool-button'

/** Credits of a subset, with buttons to copy and save. */
export function CreditsView({ name, text }: { name: string; text: string }) {
  return (
    <details className="mt-2 min-w-0" data-testid="credits">
      <summary className="cursor-pointer font-semibold">
        Licences, known issues and citations
      </summary>
      <div className="my-1 flex flex-wrap items-center gap-2">
        <ToolButton
          onClick={() =>
            download(new Blob([text], { type: 'text/markdown' }), `${name}.credits.md`)
          }
        >
          Save credits
        </ToolButton>
        <CopyButton text={text} what="credits" />
      </div>
      <pre className="bg-raised p-2 text-[12px] break-words whitespace-pre-wrap">{text}</pre>
    </details>
  )
}
