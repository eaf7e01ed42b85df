'use client'

import { ArrowDownWideNarrow, ArrowUpNarrowWide, Shuffle } from 'lucide-react'
import { DENSITIES, type GalleryView, ORDER_TITLES } from '../../lib/gallery/view'
import { ORDERS, type OrderName } from '../../lib/queries/gallery-order'
import { PicksBar } from '../picks/picks-bar'
import { ToolButton } from '../ui/tool-button'
import { GoTo } from './go-to'
import { TurnButtons } from './turn-buttons'
import { updateGallery } from './use-gallery-view'

/** Order, groups, masks, turns, density, and the position in the list. */
export function GalleryToolbar({ view, total }: { view: GalleryView; total: number }) {
  const { by, descending } = view.order
  const isShuffled = by === 'shuffle'
  return (
    <div
      role="toolbar"
      aria-label="Gallery"
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line py-2 text-[12px]"
    >
      <span className="flex items-center gap-1.5">
        <label className="flex items-center gap-1.5">
          <span className="text-muted">Order</span>
          <select
            value={by}
            onChange={event => reorder(event.target.value as OrderName)}
            className="rounded-sm border border-line bg-background px-1 py-0.5 max-md:min-h-[36px]"
          >
            {ORDERS.map(name => (
              <option key={name} value={name}>
                {ORDER_TITLES[name]}
              </option>
            ))}
          </select>
        </label>
        {isShuffled ? (
          <ToolButton onClick={() => shuffle()} title={`Seed ${view.order.seed}`}>
            <Shuffle size={13} aria-hidden />
            Another sample
          </ToolButton>
        ) : (
          <ToolButton onClick={() => turn(!descending)} pressed={descending}>
            {descending ? (
              <ArrowDownWideNarrow size={13} aria-hidden />
            ) : (
              <ArrowUpNarrowWide size={13} aria-hidden />
            )}
            {by === 'dataset' ? 'Reverse order' : 'Largest first'}
          </ToolButton>
        )}
      </span>
      <ToolButton
        pressed={view.byCase}
        disabled={by !== 'dataset'}
        title={by === 'dataset' ? undefined : 'Images of a case are adjacent only in dataset order'}
        onClick={() => updateGallery(v => ({ ...v, byCase: !v.byCase, at: 0 }))}
      >
        By case
      </ToolButton>
      <ToolButton
        pressed={view.overlay}
        onClick={() => updateGallery(v => ({ ...v, overlay: !v.overlay }), { sameEntry: true })}
      >
        Masks
      </ToolButton>
      <TurnButtons view={view} />
      <label className="flex items-center gap-1.5">
        <span className="text-muted">Size</span>
        <input
          type="range"
          min={0}
          max={DENSITIES.length - 1}
          value={DENSITIES.indexOf(view.density)}
          aria-valuetext={`${view.density} px`}
          onChange={event => {
            const density = DENSITIES[Number(event.target.value)]
            if (density) updateGallery(v => ({ ...v, density }), { sameEntry: true })
          }}
          className="w-24"
        />
      </label>
      <GoTo total={total} at={view.at} />
      <PicksBar />
    </div>
  )
}

/** Orders by size begin with the largest. A new order begins at the top of the list. */
const reorder = (by: OrderName) =>
  updateGallery(view => ({
    ...view,
    order: { ...view.order, by, descending: by !== 'dataset' && by !== 'shuffle' },
    byCase: false,
    at: 0,
  }))

const turn = (descending: boolean) =>
  updateGallery(view => ({ ...view, order: { ...view.order, descending }, at: 0 }))

const shuffle = () =>
  updateGallery(view => ({
    ...view,
    order: { ...view.order, seed: crypto.getRandomValues(new Uint16Array(1))[0] ?? 1 },
    at: 0,
  }))
