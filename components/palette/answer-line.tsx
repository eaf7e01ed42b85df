'use client'

import { useEffect, useState } from 'react'
import { absence, type DatasetAnswer } from '../../lib/catalog/dataset-answer'
import { formatCount } from '../../lib/format'

/** Pause in typing before a screen reader speaks; otherwise it would speak at every key. */
const PAUSE_MS = 500

/** Says whether the manifest has a dataset with the typed name; above or below the results. */
export function AnswerLine({
  answer,
  isLast = false,
}: {
  answer: DatasetAnswer | null
  isLast?: boolean
}) {
  const text = answer ? sentence(answer) : ''
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <>
      <p
        aria-hidden="true"
        data-testid="dataset-answer"
        className={`${isLast ? 'border-t' : 'border-b'} border-line px-4 py-1.5 text-[12px] break-words text-muted`}
      >
        {text || 'Type a dataset name to see whether this manifest has it.'}
      </p>
      <p role="status" className="sr-only">
        {spoken}
      </p>
    </>
  )
}

function sentence(answer: DatasetAnswer): string {
  if (answer.present) return `The dataset ${answer.name} is in this manifest.`
  const { name, known, containing } = answer
  const statement = `The dataset “${name}” is ${absence(known)}`
  if (containing === 0) return `${statement}.`
  const names = containing === 1 ? '1 name contains' : `${formatCount(containing)} names contain`
  return `${statement}; ${names} it.`
}
