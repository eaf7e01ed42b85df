import { expect, test } from 'vitest'
import { startProgress } from '../../cli/progress'
import { fakeEffects } from './fake-effects'

const images = { label: 'Reading', unit: 'images', total: 4000 }

test('a line every few seconds where there is no terminal', () => {
  const effects = fakeEffects()
  const progress = startProgress(effects, images)
  for (let done = 100; done <= 4000; done += 100) {
    effects.tick(300)
    progress.update(done)
  }
  progress.end()
  expect(effects.drawn).toEqual([])
  expect(effects.lines).toEqual([
    'Reading: 1,700 of 4,000 (42 %, 333/s, 7 s left) images',
    'Reading: 3,400 of 4,000 (85 %, 333/s, 2 s left) images',
    'Reading: 4,000 images in 12.0 s',
  ])
})

test('a bar on a terminal, drawn at most ten times a second', () => {
  const effects = fakeEffects({ isTerminal: true })
  const progress = startProgress(effects, images)
  for (let done = 10; done <= 2000; done += 10) {
    effects.tick(1)
    progress.update(done)
  }
  progress.end()
  expect(effects.drawn).toEqual([
    'Reading [######..................] 1,000 of 4,000 (25 %, 10,000/s, 0 s left) images',
    'Reading [############............] 2,000 of 4,000 (50 %, 10,000/s, 0 s left) images',
  ])
  expect(effects.lines).toEqual(['Reading: 2,000 images in 0.2 s'])
})

test('an unknown total shows the rate', () => {
  const effects = fakeEffects()
  const progress = startProgress(effects, { label: 'Reading', unit: 'entries' })
  effects.tick(5000)
  progress.update(20_000)
  expect(effects.lines).toEqual(['Reading: 20,000 (4,000/s) entries'])
})
