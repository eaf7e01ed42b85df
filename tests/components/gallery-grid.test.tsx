// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThumbGrid } from '../../components/gallery/thumb-grid'
import { DEFAULT_VIEW, type GalleryView } from '../../lib/gallery/view'
import type { ImageList } from '../../lib/queries/gallery-list'
import { type ImageRow, imageRows } from '../../lib/queries/image-rows'

vi.mock('../../components/engine-provider', () => {
  const state = { engine: {}, cube: { dimensions: {} }, manifest: { id: 'm' } }
  return { useEngine: () => state }
})
vi.mock('../../lib/queries/image-rows', () => ({ imageRows: vi.fn() }))
const read = vi.mocked(imageRows)

const row = (imageId: number): ImageRow => ({
  imageId,
  dataset: 'BTCV',
  modality: 'CT',
  submodality: 'ct_00',
  caseId: 1,
  caseName: 'img',
  axis: 'z',
  slice: imageId,
  width: 512,
  height: 512,
  masks: 2,
})

beforeEach(() => {
  // Nothing is laid out here: a window of 5 pictures a row and some 2 rows.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(840)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  read.mockReset()
  read.mockImplementation(async (_engine, _dimensions, ids) => ids.map(row))
})
afterEach(() => {
  cleanup()
  localStorage.clear()
  vi.restoreAllMocks()
})

const listOf = (count: number, more: Partial<ImageList> = {}): ImageList => ({
  ids: Uint32Array.from({ length: count }, (_, i) => 3 * i),
  caseStarts: null,
  complete: true,
  ...more,
})

const show = (list: ImageList, total = 0, view: Partial<GalleryView> = {}) =>
  render(
    <ThumbGrid
      list={list}
      total={total}
      view={{ ...DEFAULT_VIEW, ...view }}
      query="modality=CT"
      pictures={{ hasStore: true, version: '0123456789abcdef' }}
      onRest={() => {}}
      isOld={false}
    />,
  )

const positions = () =>
  screen.getAllByTestId('thumb').map(thumb => Number(thumb.getAttribute('data-index')))

test('of millions of pictures only those in sight exist, with captions read once', async () => {
  show(listOf(2_000_000))
  expect(screen.getByTestId('gallery-grid').getAttribute('aria-rowcount')).toBe('400000')
  expect(positions().length).toBeLessThan(40)
  await waitFor(() => expect(screen.getByText('z 3 · 2 masks · 512 × 512 px')).toBeTruthy())
  expect(read).toHaveBeenCalledTimes(1)
  const [first] = screen.getAllByTestId('thumb')
  expect(first!.getAttribute('href')).toBe('/gallery?modality=CT&image=0')
  await waitFor(() => expect(first!.querySelector('img')).not.toBeNull())
  expect(first!.querySelector('img')!.getAttribute('src')).toBe(
    '/api/images/0?w=192&masks=all&v=0123456789abcdef',
  )
})

test('keys go anywhere, one picture is in the tab order, and the focus is never lost', () => {
  show(listOf(2_000_000))
  const focused = () => Number(document.activeElement?.getAttribute('data-index'))
  screen.getAllByTestId('thumb')[0]!.focus()
  fireEvent.keyDown(document.activeElement!, { key: 'End' })
  expect(focused()).toBe(1_999_999)
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' })
  expect(focused()).toBe(1_999_994)
  expect(document.querySelectorAll('[data-testid=thumb][tabindex="0"]')).toHaveLength(1)
  // Scrolled away, the picture with the focus stays.
  const grid = screen.getByTestId('gallery-grid')
  grid.scrollTop = 0
  fireEvent.scroll(grid)
  expect(positions()).toContain(0)
  expect(focused()).toBe(1_999_994)
})

test('where the list has not got yet, there is room for the pictures to come', () => {
  show(listOf(400, { complete: false }), 1000, { at: 900 })
  expect(positions()).toContain(900)
  expect(screen.getByTestId('gallery-grid').getAttribute('data-total')).toBeNull()
  expect(document.querySelector('[data-index="900"]')!.getAttribute('href')).toBeNull()
})

test('cases have headings with their name and how many slices they have', async () => {
  show(listOf(20, { caseStarts: Uint32Array.of(0, 7) }))
  await waitFor(() =>
    expect(screen.getAllByTestId('case-heading')[0]!.textContent).toBe('imgBTCV · 7 slices'),
  )
})

test('images are picked by key and by box, and stay picked when the page is opened again', async () => {
  show(listOf(20))
  const thumb = (index: number) => screen.getAllByTestId('thumb')[index]!
  const isPicked = () =>
    screen.getAllByRole('checkbox').map(box => (box as HTMLInputElement).checked && 1)
  fireEvent.keyDown(thumb(2), { key: 'x' })
  fireEvent.keyDown(thumb(2), { key: 'x', ctrlKey: true })
  fireEvent.click(screen.getAllByRole('checkbox', { name: /^Pick / })[0]!)
  expect(isPicked().slice(0, 4)).toEqual([1, false, 1, false])
  cleanup()
  show(listOf(20))
  expect(isPicked().slice(0, 4)).toEqual([1, false, 1, false])
  fireEvent.keyDown(thumb(2), { key: 'x' })
  expect(JSON.parse(localStorage.getItem('samed2d.picks')!)).toEqual({ manifest: 'm', ids: [0] })
  // One box is in the tab order, beside the picture that is.
  expect(screen.getAllByRole('checkbox').filter(box => box.tabIndex === 0).length).toBe(1)
})
