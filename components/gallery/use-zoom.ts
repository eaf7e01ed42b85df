'use client'

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import {
  fitZoom,
  type Point,
  panned,
  type Size,
  type Zoom,
  zoomAround,
} from '../../lib/gallery/zoom'

/** px that a key moves the picture. */
const KEY_STEP = 60

const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: KEY_STEP, y: 0 },
  ArrowRight: { x: -KEY_STEP, y: 0 },
  ArrowUp: { x: 0, y: KEY_STEP },
  ArrowDown: { x: 0, y: -KEY_STEP },
}

/** Zoom and move a picture by wheel, fingers, mouse and keys. The zoom is kept from slice to slice. */
export function useZoom(box: RefObject<HTMLElement | null>, picture: Size, stage: Size) {
  // Null: the picture fits the stage, even when the stage changes its size.
  const [chosen, setChosen] = useState<Zoom | null>(null)
  const fitted = fitZoom(picture, stage)
  const zoom = chosen ? panned(chosen, { x: 0, y: 0 }, picture, stage) : fitted
  const latest = useRef({ zoom, picture, stage })
  useLayoutEffect(() => {
    latest.current = { zoom, picture, stage }
  })
  const pointers = useRef(new Map<number, Point>())

  const around = (factor: number, point: Point) => {
    const { zoom, picture, stage } = latest.current
    latest.current.zoom = zoomAround(zoom, factor, point, picture, stage)
    setChosen(latest.current.zoom)
  }
  const move = (by: Point) => {
    const { zoom, picture, stage } = latest.current
    latest.current.zoom = panned(zoom, by, picture, stage)
    setChosen(latest.current.zoom)
  }
  const middle = () => ({ x: stage.width / 2, y: stage.height / 2 })
  const by = (factor: number) => around(factor, middle())
  const showAll = () => setChosen(null)
  const toOwnSize = () => around(1 / latest.current.zoom.scale, middle())

  // React's wheel listener is passive, so it cannot prevent the page from scrolling.
  // biome-ignore lint/correctness/useExhaustiveDependencies: around reads what is current
  useEffect(() => {
    const element = box.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const px = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY
      around(Math.exp(-px * (event.ctrlKey ? 0.01 : 0.002)), pointOn(element, event))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [box])

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      pointers.current.set(event.pointerId, pointOn(event.currentTarget, event))
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const last = pointers.current.get(event.pointerId)
      if (!last) return
      const here = pointOn(event.currentTarget, event)
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
      pointers.current.set(event.pointerId, here)
      if (!other) move({ x: here.x - last.x, y: here.y - last.y })
      else around(distance(here, other) / Math.max(1, distance(last, other)), between(here, other))
    },
    onPointerUp: (event: PointerEvent) => void pointers.current.delete(event.pointerId),
    onPointerCancel: (event: PointerEvent) => void pointers.current.delete(event.pointerId),
    onDoubleClick(event: MouseEvent<HTMLElement>) {
      if (chosen) showAll()
      else around(Math.max(1, 2 * fitted.scale) / fitted.scale, pointOn(event.currentTarget, event))
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const way = event.shiftKey ? MOVES[event.key] : undefined
      if (way) move(way)
      else if (event.key === '+' || event.key === '=') by(1.5)
      else if (event.key === '-') by(1 / 1.5)
      else if (event.key === '0') showAll()
      else if (event.key === '1') toOwnSize()
      else return
      event.preventDefault()
    },
  }
  return { zoom, isFit: chosen === null, showAll, toOwnSize, by, handlers }
}

function pointOn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const between = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
