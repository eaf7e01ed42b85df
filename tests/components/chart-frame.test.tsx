// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { ChartFrame, type ChartFrameProps } from '../../components/charts/chart-frame'
import { SegmentedSwitch } from '../../components/charts/segmented-switch'
import { download } from '../../components/download'

// Code that is loaded on demand comes late on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

vi.mock('../../components/download', () => ({ download: vi.fn() }))
afterEach(() => {
  cleanup()
  vi.mocked(download).mockReset()
})

const show = (change: Partial<ChartFrameProps> = {}, picture = async () => new Blob(['<svg/>'])) =>
  render(
    <ChartFrame
      {...({
        name: 'shapes',
        title: 'Shapes',
        unit: 'images',
        drawing: { body: <p>the drawing</p>, picture },
        table: { columns: ['shape', 'images'], rows: [['round', 1234]] },
        height: 50,
        pending: false,
        error: null,
        empty: false,
        ...change,
      } as ChartFrameProps)}
    />,
  )

test('any drawing has the header, the table and the files of a chart', async () => {
  show()
  expect(screen.getByTestId('chart-shapes').textContent).toContain('the drawing')
  fireEvent.click(screen.getByRole('button', { name: 'Table' }))
  expect(screen.queryByText('the drawing')).toBeNull()
  expect(screen.getByRole('row', { name: /round/ }).textContent).toBe('round1,234')
  fireEvent.click(screen.getByRole('button', { name: 'Download Shapes as csv' }))
  fireEvent.click(screen.getByRole('button', { name: 'Download Shapes as svg' }))
  await waitFor(() => expect(download).toHaveBeenCalledTimes(2))
  const [csv, svg] = vi.mocked(download).mock.calls
  expect([csv![1], svg![1]]).toEqual(['sa-med2d-shapes.csv', 'sa-med2d-shapes.svg'])
  expect(await csv![0].text()).toBe('shape,images\nround,1234\n')
  expect(await svg![0].text()).toBe('<svg/>')
})

test('a file that cannot be made says why', async () => {
  show({}, () => Promise.reject(new Error('the disk is full')))
  fireEvent.click(screen.getByRole('button', { name: 'Download Shapes as png' }))
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Could not create the PNG: the disk is full',
  )
})

test('error, emptiness and waiting have faces of their own', () => {
  show({ error: 'the worker stopped' })
  expect(screen.getByRole('alert').textContent).toBe(
    'Could not load the counts for “Shapes”: the worker stopped',
  )
  cleanup()
  show({ empty: true })
  expect(screen.getByText(/No images match these filters/)).toBeTruthy()
  cleanup()
  show({ empty: true, pending: true })
  expect(screen.getByText('the drawing')).toBeTruthy()
  expect(screen.getByTestId('chart-shapes').getAttribute('aria-busy')).toBe('true')
})

test('a wide drawing scrolls in a box of its own', () => {
  show({ minWidth: 900 })
  const inner = screen.getByText('the drawing').parentElement!
  expect(inner.style.minWidth).toBe('900px')
  expect(inner.parentElement!.className).toContain('overflow-x-auto')
})

test('a switch has one pressed button, and tells the value', () => {
  const onChange = vi.fn()
  render(
    <SegmentedSwitch
      legend="Scale"
      options={[
        ['linear', 'Linear'],
        ['log', 'Log'],
      ]}
      value="log"
      onChange={onChange}
    />,
  )
  expect(screen.getByRole('group', { name: 'Scale' })).toBeTruthy()
  expect(screen.getAllByRole('button', { pressed: true }).map(b => b.textContent)).toEqual(['Log'])
  fireEvent.click(screen.getByRole('button', { name: 'Linear' }))
  expect(onChange).toHaveBeenCalledWith('linear')
})
