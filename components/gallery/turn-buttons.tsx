'use client'

import {
  CaretsToAxisDashedHorizontal,
  CaretsToAxisDashedVertical,
  RotateCcw,
  RotateCw,
} from 'lucide-react'
import { asStored, TURN_STEPS, UPRIGHT_KEY, withTurn } from '../../lib/gallery/turn-view'
import type { GalleryView } from '../../lib/gallery/view'
import { ToolButton } from '../ui/tool-button'
import { turnPictures } from './turn-pictures'

const ICONS = {
  '270': RotateCcw,
  '90': RotateCw,
  // The dashed line is the one that the picture is mirrored at.
  lr: CaretsToAxisDashedVertical,
  ud: CaretsToAxisDashedHorizontal,
} as const satisfies Record<(typeof TURN_STEPS)[number]['by'], unknown>

/** Buttons that turn all pictures for display: upright where it is known how, or by hand. */
export function TurnButtons({ view }: { view: Pick<GalleryView, 'upright' | 'turn'> }) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="sr-only">Turn pictures for display</legend>
      <ToolButton
        pressed={view.upright}
        title={`Turn pictures as a viewer shows them, where it is known how (${UPRIGHT_KEY})`}
        onClick={() => turnPictures(now => ({ ...now, upright: !now.upright }))}
      >
        Upright
      </ToolButton>
      {TURN_STEPS.map(({ by, title, key }) => {
        const Icon = ICONS[by]
        return (
          <ToolButton
            key={by}
            label={title}
            title={`${title} (${key})`}
            onClick={() => turnPictures(now => withTurn(now, by))}
          >
            <Icon size={13} aria-hidden />
          </ToolButton>
        )
      })}
      {(view.upright || view.turn !== '0') && (
        <ToolButton onClick={() => turnPictures(asStored)}>As stored</ToolButton>
      )}
    </fieldset>
  )
}
