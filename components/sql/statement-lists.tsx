'use client'

import { X } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { EXAMPLES } from '../../lib/workbench/examples'
import { readSaved, type Saved, writeSaved } from './saved-statements'

/** Lists of the reader's saved statements and of examples. */
export function StatementLists({
  text,
  onTake,
}: {
  /** The text of the editor, to save. */
  text: string
  onTake: (sql: string) => void
}) {
  const [saved, setSaved] = useState<readonly Saved[]>([])
  const [problem, setProblem] = useState(false)
  useEffect(() => setSaved(readSaved()), [])
  const keep = (list: readonly Saved[]) => {
    setSaved(list)
    setProblem(!writeSaved(list))
  }
  const onSave = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const title = String(new FormData(form).get('title') ?? '').trim()
    if (title === '') return
    keep([...saved.filter(one => one.title !== title), { title, sql: text }])
    form.reset()
  }
  return (
    <>
      <section aria-label="Saved statements" className="mb-3">
        <h2 className="mb-1 font-semibold">Saved</h2>
        {saved.length === 0 && <p className="text-[11px] text-muted">No saved statements.</p>}
        <ul>
          {saved.map(({ title, sql }) => (
            <li key={title} className="flex items-center">
              <Take title={title} onClick={() => onTake(sql)} />
              <button
                type="button"
                aria-label={`Delete ${title}`}
                onClick={() => keep(saved.filter(one => one.title !== title))}
                className="flex size-6 shrink-0 items-center justify-center text-muted hover:text-text"
              >
                <X size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={onSave} className="mt-1 flex gap-1">
          <input
            name="title"
            maxLength={80}
            placeholder="Statement name"
            aria-label="Name for the saved statement"
            className="min-w-0 grow rounded-sm border border-line bg-background px-1.5 py-1"
          />
          <button type="submit" className="rounded-sm border border-line px-2 hover:border-muted">
            Save
          </button>
        </form>
        {problem && (
          <p role="alert" className="text-[11px] text-wrong">
            This browser blocks storage: the list is lost when you leave the page.
          </p>
        )}
      </section>
      <section aria-label="Examples" className="mb-3">
        <h2 className="mb-1 font-semibold">Examples</h2>
        <ul>
          {EXAMPLES.map(({ title, sql }) => (
            <li key={title}>
              <Take title={title} onClick={() => onTake(sql)} />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

const Take = ({ title, onClick }: { title: string; onClick: () => void }) => (
  <button
    type="button"
    onClick={onClick}
    className="min-h-[24px] grow rounded-sm px-1 text-left hover:bg-raised"
  >
    {title}
  </button>
)
