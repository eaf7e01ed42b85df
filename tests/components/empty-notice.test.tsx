// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { EmptyNotice } from '../../components/filter-page/empty-notice'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter, parseFilter } from '../../lib/filter/query-string'

const asked: string[] = []
let left: Readonly<Record<string, number>> = {}
const cube = {
  count: async (filter: Filter) => {
    asked.push(formatFilter(filter))
    return { totals: { images: left[formatFilter(filter)] ?? 0 } }
  },
}
let rowsLoaded = true
vi.mock('../../components/engine-provider', () => ({ useEngine: () => ({ cube, rowsLoaded }) }))

afterEach(() => {
  cleanup()
  asked.length = 0
  rowsLoaded = true
})

/** @param images What the filters with images have. */
async function show(query: string, images: typeof left) {
  left = images
  window.history.replaceState(null, '', `/?${query}`)
  render(<EmptyNotice filter={parseFilter(query).filter} />)
  const notice = screen.getByTestId('nothing')
  await waitFor(() => expect(notice.getAttribute('aria-busy')).toBe('false'))
  return {
    text: notice.querySelector('p')?.textContent?.trim(),
    buttons: screen.getAllByRole('button').map(button => button.textContent),
    press: (name: string) => fireEvent.click(screen.getByRole('button', { name })),
  }
}

test('says what no image has together, and drops one of them', async () => {
  const { text, buttons, press } = await show('modality=PET,CT&organ=Liver', {
    'modality=CT,PET': 9,
    'organ=Liver': 1,
  })
  expect(text).toBe('No image has both modality CT or PET and organ Liver.')
  expect(buttons).toEqual(['Remove modality CT or PET', 'Remove organ Liver', 'Remove all'])
  expect(screen.getByRole('button', { name: 'Remove organ Liver' }).title).toBe('Leaves 9 images')
  press('Remove organ Liver')
  expect(window.location.search).toBe('?modality=CT,PET')
})

test('offers only what helps', async () => {
  const query = 'modality=PET&dataset=BTCV&area=0.5..'
  const { text, buttons } = await show(query, { 'modality=PET&area=0.5..': 3 })
  expect(text).toBe(
    'No image has all of these: modality PET; dataset BTCV; mask area at least 50%.',
  )
  expect(buttons).toEqual(['Remove dataset BTCV', 'Remove all'])
  cleanup()
  const hopeless = await show(query, {})
  expect(hopeless.text).toContain('Removing any single filter still leaves no images.')
  expect(hopeless.buttons).toEqual(['Remove all'])
})

test('where no single change helps, two at once are offered', async () => {
  const { buttons, press } = await show('organ.all=Eye,Liver&modality=PET', {
    'organ.all=Eye': 4,
    'organ.all=Liver': 5,
    'modality=PET': 6,
    'organ=Eye,Liver': 7,
  })
  expect(buttons).toEqual([
    'Remove modality PET and organ Eye',
    'Remove modality PET and organ Liver',
    'Remove modality PET, match any of the organs',
    'Remove organ Eye and organ Liver',
    'Remove all',
  ])
  press('Remove modality PET and organ Eye')
  expect(window.location.search).toBe('?organ.all=Liver')
})

test('of labels that an image must have all of, one can be dropped, or any be asked for', async () => {
  const { text, buttons, press } = await show('label.all=liver,tooth', {
    'label.all=liver': 1,
    'label.all=tooth': 1,
    'label=liver,tooth': 2,
  })
  expect(text).toBe('No image has both label liver and label tooth.')
  expect(buttons).toEqual([
    'Remove label liver',
    'Remove label tooth',
    'Match any of the labels',
    'Remove all',
  ])
  press('Match any of the labels')
  expect(window.location.search).toBe('?label=liver,tooth')
})

test('a single facet is dropped; nothing is counted for it', async () => {
  const { buttons } = await show('dataset=BTCV', {})
  expect(buttons).toEqual(['Remove dataset BTCV'])
  expect(asked).toEqual([])
})

test('what needs rows that are not loaded is not asked, and many values are not all tried', async () => {
  rowsLoaded = false
  await show('modality=PET&area=0.5..', { 'modality=PET': 1, 'area=0.5..': 1 })
  expect(asked).toEqual(['modality=PET'])
  cleanup()
  asked.length = 0
  rowsLoaded = true
  await show(`label.all=${Array.from({ length: 40 }, (_, i) => `rib_${i}`)}`, {})
  expect(asked).toHaveLength(41)
})

test('mask facets are asked of one mask', async () => {
  const { text } = await show('organ=Liver&side=left', { 'organ=Liver': 1 })
  expect(text).toBe('No mask has both organ Liver and side left.')
})
