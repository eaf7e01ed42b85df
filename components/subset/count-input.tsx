'use client'

import { useState } from 'react'

/** A field for whole numbers. While the text is not a valid number, it stays in the field and is not passed on. */
export function CountInput({
  label,
  value,
  min = 1,
  onCount,
}: {
  label: string
  value: number
  min?: number
  onCount: (count: number) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <input
      type="number"
      aria-label={label}
      min={min}
      value={draft ?? value}
      onChange={({ target }) => {
        setDraft(target.value)
        const count = Number(target.value)
        if (/^\d+$/.test(target.value) && count >= min) onCount(count)
      }}
      onBlur={() => setDraft(null)}
      className="min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5"
    />
  )
}
