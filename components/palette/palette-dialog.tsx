'use client'

import { Command } from 'cmdk'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useMemo, useState } from 'react'
import { carriedPath } from '../../lib/catalog/carried'
import { datasetAnswer } from '../../lib/catalog/dataset-answer'
import { entriesOf } from '../../lib/catalog/entries'
import { leadsWithAnswer, paletteRows } from '../../lib/catalog/palette-rows'
import { useEngine } from '../engine-provider'
import { queryString } from '../use-query-string'
import { AnswerLine } from './answer-line'
import { EntryRow } from './entry-row'
import { closePalette, returnFocus } from './palette-state'

/** Search over pages, datasets, labels, organs and modalities. */
export function PaletteDialog({ text, onText }: { text: string; onText: (text: string) => void }) {
  const router = useRouter()
  const { facets } = useEngine().manifest.summary
  const asked = text.trim()
  const entries = useMemo(() => entriesOf(facets), [facets])
  const names = useMemo(() => (facets.dataset ?? []).map(({ value }) => value), [facets])
  const answer = useMemo(
    () => (asked.length > 1 ? datasetAnswer(asked, names) : null),
    [asked, names],
  )
  const rows = useMemo(
    () => paletteRows(asked, entries, names, answer),
    [asked, entries, names, answer],
  )
  const leads = leadsWithAnswer(asked, rows, answer)
  const [chosen, setChosen] = useState('')
  // If the chosen row is no longer listed, the first row is chosen.
  const value = rows.some(row => row.id === chosen) ? chosen : (rows[0]?.id ?? '')
  const onInput = (text: string) => {
    setChosen('')
    onText(text)
  }
  const go = (path: string) => {
    closePalette()
    router.push(carriedPath(path, window.location.pathname, queryString()))
  }
  return (
    <Dialog.Root open onOpenChange={open => !open && closePalette()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          onOpenAutoFocus={focusAtEnd}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-0 top-0 z-50 mx-auto flex max-h-[100dvh] w-full max-w-xl flex-col border border-line bg-background md:top-[12dvh] md:max-h-[76dvh] md:rounded-sm"
        >
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <Dialog.Description className="sr-only">
            Type a dataset, label, organ, modality or page. Up and Down move, Enter opens.
          </Dialog.Description>
          <Command
            shouldFilter={false}
            label="Search"
            value={value}
            onValueChange={setChosen}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center border-b border-line">
              <Command.Input
                value={text}
                onValueChange={onInput}
                placeholder="Dataset, label, organ, modality or page"
                className="min-w-0 grow bg-transparent px-4 py-2.5 text-[15px] -outline-offset-2"
              />
              <Dialog.Close className="flex min-h-9 items-center gap-1 px-3 text-muted hover:text-text">
                <X size={14} aria-hidden />
                <span className="sr-only">Close</span>
              </Dialog.Close>
            </div>
            {leads && <AnswerLine answer={answer} />}
            <Command.List
              label="Found"
              className="min-h-0 grow overflow-y-auto overscroll-contain p-1"
            >
              {rows.map(row => (
                <EntryRow key={row.id} row={row} onOpen={go} />
              ))}
            </Command.List>
            {!leads && <AnswerLine answer={answer} isLast />}
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Put the cursor at the end: Radix would select the text, and the next letter would replace it. */
function focusAtEnd(event: Event) {
  const field = (event.currentTarget as Element | null)?.querySelector('input')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}
