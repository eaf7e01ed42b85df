// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { axisWords } from '../../components/facets/axis-names'
import { ValueFacet } from '../../components/facets/value-facet'
import { ImageAxis } from '../../components/gallery/image-axis'
import { ImageIssues } from '../../components/gallery/image-issues'
import { DatasetFacts } from '../../components/names/dataset-facts'
import { LabelFacts } from '../../components/names/label-facts'
import type { PictureInfo } from '../../lib/images/picture-info'

const engine = vi.hoisted(() => ({ state: {} as object }))
vi.mock('../../components/engine-provider', () => ({ useEngine: () => engine.state }))
afterEach(cleanup)

const AXES = [
  { value: 'x', images: 40, masks: 40 },
  { value: 'y', images: 3, masks: 4 },
  { value: '2d', images: 1, masks: 1 },
]

function facet(...datasets: string[]) {
  render(
    <ValueFacet
      name="axis"
      title="Axis"
      rows={AXES}
      all={AXES}
      picked={[]}
      excluded={[]}
      pending={false}
      wordsOf={axisWords(datasets)}
    />,
  )
  return screen.getAllByRole('checkbox').map(box => box.getAttribute('aria-label'))
}

test('the facet names each axis as far as the selected datasets have a name', () => {
  expect(facet('AMOS2022')).toEqual([
    'x · axial: 40 images, 40 masks',
    'y · coronal: 3 images, 4 masks',
    '2D (no axis): 1 image, 1 mask',
  ])
  cleanup()
  expect(facet('AMOS2022', 'ACDC', 'KiTS').slice(0, 2)).toEqual([
    'x · axial: 40 images, 40 masks (in 1 dataset)',
    'y · coronal: 3 images, 4 masks (in 1 dataset)',
  ])
  expect(screen.getByTitle(/^x · axial.*short-axis, seen: ACDC; of other datasets/)).toBeTruthy()
  cleanup()
  expect(facet('KiTS').slice(0, 2)).toEqual(['x: 40 images, 40 masks', 'y: 3 images, 4 masks'])
})

test('the page of a dataset says which planes its axes are and how that is known', () => {
  const axes = (name: string) => {
    cleanup()
    render(<DatasetFacts name={name} />)
    return screen.queryByTestId('axes')?.textContent
  }
  expect(axes('AMOS2022')).toContain('x · axial, y · coronal, z · sagittal (seen on pictures)')
  expect(axes('AMOS2022')).toContain('Upright, for pictures of ct_00: In thirty axial CT slices')
  expect(axes('MSD_Colon')).toContain('x · axial?, y · coronal?, z · sagittal? (presumed')
  expect(axes('KiTS')).toContain('planes of x, y and z not known')
  expect(within(screen.getByTestId('axes')).getByRole('link').getAttribute('href')).toBe(
    'https://github.com/neheller/kits19/blob/master/README.md',
  )
  expect(axes('BTCV')).toBeUndefined()
})

const info = (dataset: string, axis: 'x' | '2d', label: string, classId: string): PictureInfo => ({
  imageId: 1,
  modality: 'MR',
  submodality: 'mr_00',
  dataset,
  caseName: 'patient001_frame01',
  axis,
  slice: axis === '2d' ? null : 1,
  width: 10,
  height: 10,
  path: 'images/a.png',
  store: 'directory',
  version: '0',
  found: [],
  masks: [
    {
      labelId: 0,
      label,
      region: null,
      isLesion: false,
      classId,
      instance: 0,
      area: 1,
      box: null,
      path: 'masks/a--0001_000.png',
      key: '0001_000',
      color: '#000000',
      found: [],
    },
  ],
})

const manifest = (simulated: boolean) => ({
  manifest: {
    simulated,
    summary: {
      facets: {
        dataset: [{ value: 'ACDC', images: 10, masks: 10 }],
        flag: [{ value: 'swapped_ventricles', images: 4, masks: 4 }],
      },
    },
  },
})

const LINKS = [
  '/?dataset=ACDC&flag=swapped_ventricles',
  '/?dataset=ACDC&label=heart_ventricle_left',
  '/?dataset=ACDC&label=heart_ventricle_right',
  '/?dataset=ACDC&side=left',
  '/?dataset=ACDC&side=right',
]
const links = () => screen.getAllByRole('link').map(link => link.getAttribute('href'))

test('an open image of swapped ventricles says so, with the way to both names', () => {
  engine.state = manifest(false)
  render(<ImageIssues info={info('ACDC', 'x', 'heart_ventricle_left', '0001')} />)
  expect(screen.getByTestId('image-issues').textContent).toContain(
    'heart_ventricle_left is the right ventricle',
  )
  expect(links()).toEqual(LINKS)
  cleanup()
  render(<ImageIssues info={info('ACDC', 'x', 'heart_myocardium', '0000')} />)
  expect(screen.queryByTestId('image-issues')).toBeNull()
  engine.state = manifest(true)
  render(<ImageIssues info={info('ACDC', 'x', 'heart_ventricle_left', '0001')} />)
  expect(screen.queryByTestId('image-issues')).toBeNull()
})

test('so does the page of such a label, and of no other', () => {
  engine.state = manifest(false)
  const { rerender } = render(<LabelFacts name="heart_ventricle_right" meanings={[]} />)
  expect(screen.getByTestId('label-issues').textContent).toContain('In ACDC: The names of the')
  expect(links()).toEqual(LINKS)
  rerender(<LabelFacts name="heart_myocardium" meanings={[]} />)
  expect(screen.queryByTestId('label-issues')).toBeNull()
})

test('an open slice says its plane and how it is known, a 2D picture nothing', () => {
  render(<ImageAxis info={info('ACDC', 'x', 'a', '0000')} />)
  expect(screen.getByTestId('image-axis').textContent).toContain('x · short-axis')
  cleanup()
  render(<ImageAxis info={info('BTCV', 'x', 'a', '0000')} />)
  expect(screen.getByTestId('image-axis').textContent).toContain('x (plane not known)')
  cleanup()
  render(<ImageAxis info={info('BTCV', '2d', 'a', '0000')} />)
  expect(screen.queryByTestId('image-axis')).toBeNull()
})
