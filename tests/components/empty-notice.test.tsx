// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { EmptyNotice } from '../../components/overview/empty-notice'
import { parseFilter } from '../../lib/filter/query-string'
import { COUNTED, type Counts } from '../../lib/queries/counts'

afterEach(cleanup)

/** Counts of nothing, but for what is left of some facets under all others. */
const counts = (left: Partial<Record<(typeof COUNTED)[number], string>>, areas = [0]): Counts => ({
  totals: { images: 0, masks: 0, datasets: 0, bytes: 0, sizedImages: 0 },
  facets: Object.fromEntries(
    COUNTED.map(name => [name, left[name] ? [{ value: left[name], images: 9, masks: 9 }] : []]),
  ) as unknown as Counts['facets'],
  areas,
  sizes: [],
})

function show(query: string, found: Counts) {
  window.history.replaceState(null, '', `/?${query}`)
  render(<EmptyNotice filter={parseFilter(query).filter} counts={found} />)
  return {
    text: screen.getByTestId('nothing').querySelector('p')?.textContent?.trim(),
    buttons: screen.getAllByRole('button').map(button => button.textContent),
    press: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
  }
}

test('says what no image has together, and drops one of them', () => {
  const { text, buttons, press } = show(
    'modality=PET,CT&organ=Liver',
    counts({ modality: 'MR', organ: 'Brain' }),
  )
  expect(text).toBe('No image has both modality CT or PET and organ Liver.')
  expect(buttons).toEqual(['Drop modality CT or PET', 'Drop organ Liver', 'Drop all'])
  press('Drop organ Liver')
  expect(window.location.search).toBe('?modality=CT,PET')
})

test('offers only what helps', () => {
  const query = 'modality=PET&dataset=BTCV&area=0.5..'
  const { text, buttons } = show(query, counts({ dataset: 'autoPET' }))
  expect(text).toBe(
    'No image has all of these: modality PET; dataset BTCV; mask area at least 50 %.',
  )
  expect(buttons).toEqual(['Drop dataset BTCV', 'Drop all'])
  cleanup()
  const hopeless = show(query, counts({}))
  expect(hopeless.text).toContain('Dropping any one of them leaves none, too.')
  expect(hopeless.buttons).toEqual(['Drop all'])
})

test('of labels that an image must have all of, one can be dropped, or any be asked for', () => {
  const { text, buttons, press } = show('label.all=liver,tooth', counts({}))
  expect(text).toBe('No image has both label liver and label tooth.')
  expect(buttons).toEqual([
    'Drop label liver',
    'Drop label tooth',
    'Ask for any of them',
    'Drop all',
  ])
  press('Ask for any of them')
  expect(window.location.search).toBe('?label=liver,tooth')
})

test('mask facets are asked of one mask', () => {
  const { text } = show('organ=Liver&side=left', counts({ organ: 'Kidney' }))
  expect(text).toBe('No mask has both organ Liver and side left.')
})
