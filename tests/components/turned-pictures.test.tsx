// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Picture } from '../../components/gallery/picture'
import { PictureStage } from '../../components/gallery/picture-stage'
import { INITIAL_MASKS } from '../../components/gallery/shown-masks'
import { Thumb } from '../../components/gallery/thumb'
import { TurnButtons } from '../../components/gallery/turn-buttons'
import { TurnNotice } from '../../components/gallery/turn-notice'
import type { Picks } from '../../components/picks/use-picks'
import { AS_STORED } from '../../lib/gallery/display'
import { DEFAULT_VIEW, type GalleryView, parseView } from '../../lib/gallery/view'
import type { PictureInfo } from '../../lib/images/picture-info'
import type { ImageRow } from '../../lib/queries/image-rows'
import { search, written } from './address'

vi.mock('../../components/engine-provider', () => ({
  usePlace: () => ({ samed2d: 'npx samed2d', manifest: 'a manifest' }),
}))

const row: ImageRow = {
  imageId: 7,
  dataset: 'AMOS2022',
  modality: 'CT',
  submodality: 'ct_00',
  caseId: 1,
  caseName: 'amos_0006',
  axis: 'x',
  slice: 19,
  width: 400,
  height: 200,
  masks: 1,
}

const info: PictureInfo = {
  ...row,
  found: [],
  path: 'images/ct_00--AMOS2022--amos_0006--x_0019.png',
  masks: [
    {
      labelId: 1,
      label: 'liver',
      region: 'Abdomen',
      isLesion: false,
      classId: '0007',
      instance: 0,
      area: 5,
      box: null,
      path: 'masks/ct_00--AMOS2022--amos_0006--x_0019--0007_000.png',
      key: '0007_000',
      color: '#ff0000',
      found: [],
    },
  ],
  store: 'directory',
  version: '0123456789abcdef',
}

const NO_PICKS: Picks = {
  ids: [],
  isFull: false,
  has: () => false,
  toggle: () => {},
  clear: () => {},
}

const pictures = { hasStore: true, isSimulated: false, version: '0123456789abcdef' }

beforeEach(() => {
  window.history.replaceState(null, '', '/gallery')
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
})
afterEach(async () => {
  cleanup()
  await written()
  vi.restoreAllMocks()
})

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

test('buttons turn further, all of it is in the URL, and one button undoes it', () => {
  const show = () => {
    cleanup()
    render(<TurnButtons view={parseView(search())} />)
  }
  show()
  expect(screen.queryByRole('button', { name: 'As stored' })).toBeNull()
  press('Upright')
  show()
  expect(screen.getByRole('button', { name: 'Upright' }).getAttribute('aria-pressed')).toBe('true')
  press('Rotate 90° clockwise')
  press('Mirror left–right')
  expect(parseView(search())).toMatchObject({ upright: true, turn: 'lr270' })
  show()
  press('As stored')
  expect(search()).toBe('')
})

test('a quarter turn gives a picture the place of its cell, with its sides swapped', async () => {
  const { container } = render(<Picture src="/a" alt="one" width={185} height={160} turn="90" />)
  await vi.waitFor(() => expect(container.querySelector('img')).not.toBeNull())
  const { style } = container.querySelector('img')!
  expect([style.width, style.height]).toEqual(['160px', '185px'])
  expect(style.transform).toBe('matrix(0, 1, -1, 0, 0, 0)')
})

function thumb(view: Partial<GalleryView>, known: ImageRow | undefined, isSimulated = false) {
  cleanup()
  const { upright, turn } = { ...DEFAULT_VIEW, ...view }
  render(
    <Thumb
      index={0}
      column={0}
      id={7}
      row={known}
      width={185}
      height={160}
      masks="all"
      upright={upright}
      turn={turn}
      pictures={{ ...pictures, isSimulated }}
      query=""
      isActive
      onActive={() => {}}
      picks={NO_PICKS}
    />,
  )
  return screen.getByTestId('thumb')
}

test('a turned picture of the grid says so, and one that is not turned says nothing', async () => {
  expect(thumb({}, row).textContent).not.toMatch(/turned|mirrored/)
  const turned = thumb({ upright: true }, row)
  expect(turned.textContent).toContain('turned upright')
  expect(turned.title).toContain('Turned for display (upright: mirrored up–down)')
  await vi.waitFor(() => expect(turned.querySelector('img')).not.toBeNull())
  expect(turned.querySelector('img')!.alt).toBe(turned.title)
  expect(thumb({ turn: 'lr' }, row).textContent).toContain('mirrored')
  expect(thumb({ upright: true }, row, true).textContent).not.toMatch(/turned|mirrored/)
})

test('keys on a picture of the grid turn all of them', () => {
  const keys = (...pressed: string[]) => {
    for (const key of pressed) fireEvent.keyDown(thumb({}, row), { key })
    return search()
  }
  expect(keys('u', 'r')).toBe('?upright=1&turn=90')
  fireEvent.keyDown(thumb({}, row), { key: 'r', ctrlKey: true })
  expect(search()).toBe('?upright=1&turn=90')
  expect(keys('u', 'R')).toBe('')
})

test('the notice above the grid says what is turned, and that files are not', () => {
  const text = (view: Partial<GalleryView>, isSimulated = false) => {
    cleanup()
    render(
      <TurnNotice view={{ ...DEFAULT_VIEW, ...view }} pictures={{ hasStore: true, isSimulated }} />,
    )
    return screen.queryByTestId('turn-notice')?.textContent
  }
  expect(text({})).toBeUndefined()
  expect(text({ turn: '90' })).toBe(
    'Turned for display; the files are as they are. All pictures are rotated 90° clockwise.',
  )
  expect(text({ upright: true })).toContain(
    'Upright: only pictures of which it is known how they lie',
  )
  expect(text({ upright: true }, true)).toContain('simulated, so none is turned upright')
})

function stage(display: Parameters<typeof PictureStage>[0]['display']) {
  cleanup()
  render(
    <PictureStage
      id={7}
      info={info}
      labels={['liver']}
      masks={INITIAL_MASKS}
      pictures={pictures}
      display={display}
    />,
  )
  return [...screen.getByTestId('stage').querySelectorAll('img')]
}

test('the masks of an open image turn with it, at the place of its corner', () => {
  const stored = stage(AS_STORED)
  expect(stored).toHaveLength(3)
  expect(screen.getByTestId('turned').textContent).toBe('')
  // 400 × 200 px on a stage of 800 × 400: twice as large.
  expect(new Set(stored.map(img => img.style.transform))).toEqual(new Set(['translate(0px, 0px)']))
  const turned = stage({ turn: '90', isUpright: false, sides: true })
  // Upright on its short side it fits once, in the middle: 200 × 400 px at x = 300.
  expect(new Set(turned.map(img => img.style.transform))).toEqual(
    new Set(['translate(300px, 0px) matrix(0, 1, -1, 0, 200, 0)']),
  )
  expect(turned.map(img => [img.style.width, img.style.height])).toEqual(
    turned.map(() => ['400px', '200px']),
  )
  expect(screen.getByTestId('turned').textContent).toBe(
    'Turned for display (rotated 90° clockwise). The files are as they are.',
  )
  expect(stage(null)).toHaveLength(0)
})
