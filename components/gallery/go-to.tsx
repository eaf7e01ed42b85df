'use client'

import { type FormEvent, useEffect, useState } from 'react'
import { formatCount } from '../../lib/format'
import { ToolButton } from '../ui/tool-button'
import { updateGallery } from './use-gallery-view'

/** The number of the picture at the top of the grid, and a field to jump to another number. */
export function GoTo({ total, at }: { total: number; at: number }) {
  const [text, setText] = useState(String(at + 1))
  useEffect(() => setText(String(at + 1)), [at])
  const go = (event?: FormEvent) => {
    event?.preventDefault()
    const wanted = Number(text.replace(/[\s,.]/g, ''))
    if (!Number.isInteger(wanted) || total === 0) return setText(String(at + 1))
    const to = Math.max(1, Math.min(wanted, total))
    setText(String(to))
    updateGallery(view => ({ ...view, at: to - 1 }))
  }
  return (
    <form onSubmit={go} className="flex items-center gap-1.5 md:ml-auto">
      <label className="flex items-center gap-1.5">
        <span className="text-muted">Image</span>
        <input
          value={text}
          onChange={event => setText(event.target.value)}
          inputMode="numeric"
          aria-label="Jump to image number"
          data-testid="go-to"
          className="w-20 rounded-sm border border-line bg-background px-1 py-0.5 text-right max-md:min-h-[36px]"
        />
      </label>
      <span className="text-muted">of {total === 0 ? '—' : formatCount(total)}</span>
      <ToolButton onClick={go}>Jump</ToolButton>
    </form>
  )
}
