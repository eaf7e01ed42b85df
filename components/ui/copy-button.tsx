'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** A button that copies a text and says whether that worked. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      // Not allowed over plain http and in some browsers; the text can be selected by hand.
      setState('failed')
    }
  }
  const Icon = state === 'copied' ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      className="flex shrink-0 items-center gap-1 rounded-sm px-1 py-0.5 text-[11px] text-muted hover:text-text"
    >
      <Icon size={12} aria-hidden />
      <span aria-live="polite">
        {state === 'idle'
          ? `Copy ${what}`
          : state === 'copied'
            ? 'Copied'
            : 'Copying is blocked: select the text and copy it'}
      </span>
    </button>
  )
}
