// @vitest-environment happy-dom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Palette } from '../../components/palette/palette'
import { closePalette } from '../../components/palette/palette-state'

// Code that is loaded on demand comes late on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

const row = (value: string, images: number) => ({ value, images, masks: images })
const facets = {
  dataset: [row('BTCV', 12097), row('KiTS2021', 30)],
  label: [row('liver', 500)],
  organ: [row('Liver', 600)],
  modality: [row('CT', 900)],
}
const engine = { manifest: { summary: { facets } } }
vi.mock('../../components/engine-provider', () => ({ useEngine: () => engine }))
const push = vi.fn()
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }))

beforeAll(() => {
  // cmdk scrolls to the chosen row and watches the list's height; happy-dom lays nothing out.
  Element.prototype.scrollIntoView ??= () => {}
})
beforeEach(() => push.mockClear())
afterEach(() => {
  act(closePalette)
  cleanup()
})

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  fireEvent.keyDown(target as Element, { key, ...init })

async function search(text: string) {
  render(<Palette />)
  press('k', { ctrlKey: true })
  const field = await screen.findByRole('combobox')
  fireEvent.change(field, { target: { value: text } })
  return field
}

test('a dataset is found, with its images, and Enter opens its page', async () => {
  const field = await search('btc')
  const option = await screen.findByRole('option', { name: /BTCV.*12,097/ })
  expect(option.getAttribute('aria-selected')).toBe('true')
  press('Enter', {}, field)
  expect(push).toHaveBeenCalledWith('/datasets/BTCV')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('a dataset that is not there is said not to be there, with the nearest names', async () => {
  const field = await search('KiTS23')
  const answer = await screen.findByTestId('dataset-answer')
  await waitFor(() => expect(answer.textContent).toContain('“KiTS23” is not in this manifest'))
  expect(screen.getByRole('option', { name: /KiTS2021.*similar name/ })).toBeTruthy()
  press('Enter', {}, field)
  expect(push).toHaveBeenCalledWith('/datasets/KiTS23')
})

test('what a label or a page is called is not first said to be no dataset', async () => {
  const isBefore = (a: Element, b: Element) =>
    (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  const field = await search('liver')
  const found = await screen.findByRole('listbox')
  const answer = () => screen.getByTestId('dataset-answer')
  expect(answer().textContent).toContain('“liver” is not in this manifest')
  expect(isBefore(found, answer())).toBe(true)
  fireEvent.change(field, { target: { value: 'gallery' } })
  expect(isBefore(found, answer())).toBe(true)
  // Part of a word is not what someone begins to type.
  fireEvent.change(field, { target: { value: 'iver' } })
  expect(isBefore(answer(), found)).toBe(true)
  fireEvent.change(field, { target: { value: 'BTCV' } })
  expect(isBefore(answer(), found)).toBe(true)
})

test('a known dataset that is not there is a row of its own', async () => {
  await search('acd')
  expect(await screen.findByRole('option', { name: /ACDC.*not in this manifest/ })).toBeTruthy()
})

test('letters typed while the search is being loaded are kept', async () => {
  render(<Palette />)
  press('/')
  press('b')
  press('t')
  const field = await screen.findByRole<HTMLInputElement>('combobox')
  await waitFor(() => expect(document.activeElement).toBe(field))
  expect(field.value).toBe('bt')
  // The next letter goes to the end, and replaces nothing.
  expect([field.selectionStart, field.selectionEnd]).toEqual([2, 2])
})

test('a search that is opened again at once keeps the focus and its letters', async () => {
  await search('liver')
  act(closePalette)
  press('/')
  press('b')
  press('t')
  const field = await screen.findByRole<HTMLInputElement>('combobox')
  // The closed dialog gives its focus back after a timeout of 0 ms.
  await act(() => new Promise(next => setTimeout(next, 20)))
  expect(document.activeElement).toBe(field)
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['bt', 2, 2])
})

test('keys typed into a field are left alone; "?" lists the shortcuts, "g o" goes', async () => {
  render(
    <>
      <input aria-label="note" />
      <Palette />
    </>,
  )
  press('/', {}, screen.getByLabelText('note'))
  press('?', {}, screen.getByLabelText('note'))
  await new Promise(next => setTimeout(next, 50))
  expect(screen.queryByRole('dialog')).toBeNull()
  press('g')
  press('o')
  expect(push).toHaveBeenCalledWith('/')
  press('?')
  expect((await screen.findByRole('dialog')).textContent).toContain('Go to overview')
})
