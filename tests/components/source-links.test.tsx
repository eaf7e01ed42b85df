// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { SourceLinks } from '../../components/ui/source-links'
import { OVERLAP_PAIRS } from '../../lib/split/overlap-pairs'

afterEach(cleanup)

test('every source of a pair is words, or links that have a name', () => {
  for (const { source } of OVERLAP_PAIRS) {
    render(<SourceLinks source={source} />)
    for (const link of screen.queryAllByRole('link')) expect(link.textContent).not.toBe('')
    cleanup()
  }
})

test('a link is named by the last part of its path, or by its host', () => {
  render(<SourceLinks source="https://a.org/data/x.md, https://b.org/data/, https://c.org" />)
  const names = screen.getAllByRole('link').map(link => link.textContent)
  expect(names).toEqual(['x.md', 'data', 'c.org'])
})
