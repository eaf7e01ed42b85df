// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { DatasetFacts } from '../../components/names/dataset-facts'

afterEach(cleanup)

const factOf = (name: string) => screen.getByText(name).nextElementSibling?.textContent

test('a licence says how far it can be relied on, and links to the pages that state it', () => {
  render(<DatasetFacts name="cranium" />)
  expect(factOf('Licence')).toContain('CC BY 4.0 (a copy on Kaggle)')
  expect(factOf('Licence')).toContain('PhysioNet Restricted Health Data License')
  expect(factOf('Licence')).toContain('sources disagree')
  expect(factOf('Target')).toBe('intracranial haemorrhage')
  expect(screen.getByText(/Not skulls/)).toBeTruthy()
  const links = screen.getAllByRole('link').map(link => link.getAttribute('href'))
  expect(links.every(href => href?.startsWith('https://'))).toBe(true)
  expect(links.length).toBeGreaterThan(2)
})

test('what is unknown is said to be', () => {
  render(<DatasetFacts name="COSMOS2022" />)
  expect(factOf('Licence')).toBe('— unknown: ask the publishers')
  cleanup()
  render(<DatasetFacts name="Nowhere" />)
  expect(factOf('Target')).toContain('not in our list')
  expect(factOf('Licence')).toBe('— unknown: ask the publishers')
})
