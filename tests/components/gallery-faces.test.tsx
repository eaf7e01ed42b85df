// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { GalleryFace } from '../../components/gallery/gallery-face'
import { ImageMasks } from '../../components/gallery/image-masks'
import { Picture } from '../../components/gallery/picture'
import { INITIAL_MASKS, type ShownMasks, shownLabels } from '../../components/gallery/shown-masks'
import { StoreNotice } from '../../components/gallery/store-notice'
import { useImageKeys } from '../../components/gallery/use-image-keys'
import type { MaskInfo, PictureInfo } from '../../lib/images/picture-info'

const engine = vi.hoisted(() => ({ state: {} as object }))
vi.mock('../../components/engine-provider', () => ({
  useEngine: () => engine.state,
  usePlace: () => ({ samed2d: 'npx samed2d', manifest: 'a manifest' }),
}))

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function face(state: object, isEmpty = false, error: string | null = null) {
  engine.state = { stage: 'rows', error: null, progress: null, engine: null, retry, ...state }
  render(<GalleryFace isEmpty={isEmpty} error={error} />)
}
const retry = vi.fn()

test('while the rows come, the face says how far they are', () => {
  face({ stage: 'cubes', progress: { bytes: 30e6, bytesTotal: 60e6 } })
  expect(screen.getByTestId('gallery-loading').textContent).toContain('30.0 MB of 60.0 MB')
  expect(screen.getByRole('progressbar', { name: 'Image list loaded' })).toBeTruthy()
})

test('an empty selection is said in the place of the pictures', () => {
  face({ engine: {} }, true)
  expect(screen.getByTestId('gallery-empty').textContent).toBe('No images match these filters.')
})

test('a lost engine and a failed list are alerts with a way on', () => {
  face({ stage: 'error', error: 'The database stopped' })
  expect(screen.getByRole('alert').textContent).toContain('The database stopped')
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
  expect(retry).toHaveBeenCalled()
  cleanup()
  face({ engine: {} }, false, 'Out of memory')
  expect(screen.getByRole('alert').textContent).toContain('Out of memory')
})

test('no image store is said once, with the command', () => {
  const { container, rerender } = render(<StoreNotice pictures={{ hasStore: true }} />)
  expect(container.textContent).toBe('')
  rerender(<StoreNotice pictures={{ hasStore: false }} />)
  expect(screen.getByTestId('no-store').textContent).toContain(
    "npx samed2d serve --manifest 'a manifest' --images",
  )
})

test('a picture waits, tries again, and says when it gives up', () => {
  vi.useFakeTimers()
  const { container, unmount } = render(
    <Picture src="/api/images/1?w=96" alt="one" width={96} height={96} />,
  )
  const img = () => container.querySelector('img')
  expect(img()).toBeNull()
  act(() => void vi.advanceTimersByTime(100))
  expect(img()!.getAttribute('src')).toBe('/api/images/1?w=96')
  for (let tries = 0; tries < 2; tries++) {
    fireEvent.error(img()!)
    expect(img()).toBeNull()
    act(() => void vi.advanceTimersByTime(5000))
  }
  const last = img()!
  fireEvent.error(last)
  act(() => void vi.advanceTimersByTime(60_000))
  expect(container.textContent).toContain('Server unavailable')
  unmount()
})

test('a picture that goes out of sight gives its request up', () => {
  vi.useFakeTimers()
  const { container, unmount } = render(
    <Picture src="/a" srcSet="/a 1x" alt="" width={9} height={9} />,
  )
  act(() => void vi.advanceTimersByTime(100))
  const img = container.querySelector('img')!
  unmount()
  expect([img.getAttribute('src'), img.getAttribute('srcset')]).toEqual([null, null])
})

const mask = (label: string, instance: number, area: number | null): MaskInfo => ({
  label,
  labelId: 3,
  instance,
  area,
  region: null,
  isLesion: false,
  classId: '0001',
  color: '#ff0000',
  box: area === null ? null : { x0: 1, y0: 2, x1: 30, y1: 40 },
  path: `masks/x--0001_00${instance}.png`,
  key: `0001_00${instance}`,
  found:
    area === null
      ? [{ flag: 'not_measured_link', isMeasured: false, text: 'not measured: a link' }]
      : [],
})
const info: PictureInfo = {
  imageId: 5,
  submodality: 'ct_00',
  modality: 'CT',
  dataset: 'BTCV',
  caseName: 'img',
  axis: 'z',
  slice: 3,
  width: 100,
  height: 100,
  path: 'images/x.png',
  found: [],
  store: 'directory',
  version: '0123456789abcdef',
  masks: [mask('liver', 0, 1000), mask('liver', 1, 250), mask('spleen', 0, null)],
}

test('masks by label: area, share, box, file; each label has its switch', () => {
  let masks: ShownMasks = INITIAL_MASKS
  const change = vi.fn((next: ShownMasks) => {
    masks = next
  })
  const { rerender } = render(<ImageMasks info={info} masks={masks} onChange={change} />)
  const again = () => rerender(<ImageMasks info={info} masks={masks} onChange={change} />)
  const text = screen.getByTestId('image-labels').textContent
  expect(text).toContain('instance 01,000 px (10.0%)1, 2 – 30, 40')
  expect(text).toContain('instance 1250 px (2.5%)')
  expect(text).toContain('— px')
  expect(screen.getByTestId('found').textContent).toBe('not measured: a link')
  const link = screen.getByRole('link', { name: 'Download the mask liver, instance 1, as PNG' })
  expect(link.getAttribute('href')).toBe('/api/images/5/masks/0001_001.png')
  fireEvent.click(screen.getByRole('checkbox', { name: 'liver' }))
  expect(shownLabels(info, masks)).toEqual(['spleen'])
  again()
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }))
  expect(shownLabels(info, masks)).toEqual(['liver', 'spleen'])
  again()
  fireEvent.click(screen.getByRole('button', { name: 'Hide all' }))
  expect(shownLabels(info, masks)).toEqual([])
})

const calls: string[] = []
function Keys() {
  const onKeyDown = useImageKeys(
    by => calls.push(`step ${by}`),
    by => calls.push(`slide ${by}`),
    () => calls.push('pick'),
    key => key === 'r' && calls.push('turn') > 0,
  )
  return (
    <div role="application" onKeyDown={onKeyDown}>
      <button type="button">b</button>
      <input type="range" aria-label="r" />
      <textarea aria-label="t" />
    </div>
  )
}

test('keys of an open image: brackets and arrows slide, n and p step, x picks, others turn, sliders keep theirs', () => {
  render(<Keys />)
  const press = (on: Element, key: string) => fireEvent.keyDown(on, { key })
  for (const key of ['[', ']', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'n', 'p', 'x', 'y', 'r'])
    press(screen.getByRole('button'), key)
  expect(calls).toEqual([
    'slide -1',
    'slide 1',
    'slide -1',
    'slide 1',
    'step 1',
    'step -1',
    'pick',
    'turn',
  ])
  calls.length = 0
  press(screen.getByRole('slider'), 'ArrowRight')
  press(screen.getByRole('textbox'), 'ArrowLeft')
  expect(calls).toEqual([])
})
