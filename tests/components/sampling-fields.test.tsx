// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { SamplingFields } from '../../components/subset/sampling-fields'
import { useRecipe } from '../../components/subset/use-recipe'
import { queryString } from '../../components/use-query-string'

const MANIFEST = 'a1b2c3d4e5f60718'

function Fields() {
  return <SamplingFields recipe={useRecipe(MANIFEST).recipe} images={null} />
}

function show(query: string) {
  window.history.replaceState(null, '', `/subset?${query}&manifest=${MANIFEST}`)
  render(<Fields />)
}

afterEach(() => {
  // A rewritten entry gets into the URL a moment later, or now.
  window.dispatchEvent(new Event('pagehide'))
  cleanup()
})

const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label)
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })
const query = () => decodeURIComponent(queryString()).replace(`&manifest=${MANIFEST}`, '')

test('a limit, its key and its rule are in the URL', () => {
  show('add=')
  type('Limit', '100')
  expect(query()).toBe('add=&v=2&sample=all:100')
  expect(screen.queryByLabelText(/^Rule/)).toBeNull()
  type('images per', 'label')
  type('Rule for images with several labels', 'floor')
  expect(query()).toBe('add=&v=2&at-least=label:100')
  // A minimum is for keys of which an image has several values.
  type('images per', 'case')
  expect(query()).toBe('add=&v=2&sample=case:100')
  type('Limit', '')
  expect(query()).toBe('add=')
})

test('slices are one in so many, or so many per patient; a number that is being typed is left alone', () => {
  show('add=')
  type('Slices', 'every')
  expect(query()).toBe('add=&v=2&every=4')
  type('One slice in', '1')
  expect(field('One slice in').value).toBe('1')
  expect(query()).toBe('add=&v=2&every=4')
  type('One slice in', '10')
  expect(query()).toBe('add=&v=2&every=10')
  type('Slices', 'patient')
  type('Slices per patient', '7')
  expect(query()).toBe('add=&v=2&slices-per=patient:7')
  type('Slices', 'all')
  expect(query()).toBe('add=')
})

test('an old link says that labels may have more, and is of version 2 once that is asked for', () => {
  show('add=&sample=label:5&seed=3')
  expect(screen.getByText(/labels can have more than 5 images/)).toBeDefined()
  expect(query()).toBe('add=&sample=label:5&seed=3')
  fireEvent.click(screen.getByRole('button', { name: 'Use version 2' }))
  expect(query()).toBe('add=&v=2&sample=label:5&seed=3')
  expect(screen.queryByText(/labels can have more/)).toBeNull()
})
