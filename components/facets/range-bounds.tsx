'use client'

import { useState } from 'react'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import { type Range, withRange } from '../../lib/filter/filter'
import { parseRange } from '../../lib/filter/query-string'
import { updateFilter } from '../use-filter'
import { boundUnit, ofTyped, typedBound, unitSign } from './range-text'

/** Fields for exact bounds. Both are inclusive, and either may be empty. */
export function RangeBounds({ name, range }: { name: RangeFacetName; range: Range | undefined }) {
  const { title, integer } = FACETS[name]
  const bounds = { min: typedBound(name, range?.min), max: typedBound(name, range?.max) }
  const of = `${bounds.min}..${bounds.max}`
  // Typed text stays until it is applied; a new range replaces it.
  const [typed, setTyped] = useState({ ...bounds, of, problem: null as string | null })
  const text = typed.of === of ? typed : { ...bounds, of, problem: null }
  const { problem } = text
  const apply = () => {
    const isOpen = text.min.trim() === '' && text.max.trim() === ''
    const parsed = isOpen ? {} : parseRange(`${plain(text.min)}..${plain(text.max)}`, integer)
    // A bound that was not edited keeps all digits, although the field shows fewer.
    const bound = (end: 'min' | 'max'): Range => {
      const value = parsed?.[end]
      if (value === undefined) return {}
      return { [end]: text[end] === bounds[end] ? range?.[end] : ofTyped(name, value) }
    }
    const wanted = parsed && { ...bound('min'), ...bound('max') }
    setTyped({ ...text, problem: wanted === null ? PROBLEMS[name] : null })
    if (wanted === null || (wanted.min === range?.min && wanted.max === range?.max)) return
    updateFilter(filter => withRange(filter, name, wanted))
  }
  const sign = unitSign(name)
  const field = (end: 'min' | 'max', label: string) => (
    <input
      value={text[end]}
      onChange={event => setTyped({ ...text, [end]: event.target.value })}
      inputMode={integer ? 'numeric' : 'decimal'}
      placeholder={label}
      aria-label={`${title}, ${label}, ${boundUnit(name)}`}
      aria-invalid={problem !== null}
      className="min-h-[24px] w-full min-w-0 rounded-sm border border-line bg-background px-1.5 max-md:min-h-[36px]"
    />
  )
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        apply()
      }}
      // The reader may only be moving to the other field.
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) apply()
      }}
    >
      <div className="flex items-center gap-1.5">
        {field('min', 'at least')}
        <span aria-hidden>–</span>
        {field('max', 'at most')}
        {sign && <span aria-hidden>{sign}</span>}
        <button type="submit" className="sr-only">
          Apply {title}
        </button>
      </div>
      {problem && (
        <p role="alert" className="text-[11px] text-wrong">
          {problem}
        </p>
      )}
    </form>
  )
}

/** A percent sign after the number is allowed. */
const plain = (typed: string) => typed.replace(/\s*%\s*$/, '')

const WHOLE = 'Enter whole numbers, the smaller number first.'
const PROBLEMS: Readonly<Record<RangeFacetName, string>> = {
  width: WHOLE,
  height: WHOLE,
  masks: WHOLE,
  aspect: 'Enter numbers, the smaller number first.',
  area: 'Enter percentages of the image from 0 to 100, the smaller number first.',
}
