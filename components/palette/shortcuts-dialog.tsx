'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { PAGES } from '../../lib/catalog/pages'
import { closePalette, returnFocus } from './palette-state'

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Ctrl K', '⌘ K', '/'], 'Search datasets, labels, organs, modalities and pages'],
  ...PAGES.map(
    ({ key, title }) =>
      [
        [`g ${key}`],
        `Go to ${title === title.toUpperCase() ? title : title.toLowerCase()}`,
      ] as const,
  ),
  [['Enter'], 'Gallery: open the image; arrows, Home, End and pages move'],
  [['[', ']'], 'Open image: previous and next slice of the case (also ← →)'],
  [['n', 'p'], 'Open image: next and previous image of the filter'],
  [['x'], 'Gallery and open image: pick or unpick the image for a subset'],
  [['u'], 'Gallery and open image: turn pictures upright, where it is known how'],
  [['r', 'R', 'h', 'v'], 'Gallery and open image: rotate, rotate back, mirror left–right, up–down'],
  [['+', '−', '0', '1'], 'Open image: zoom in, zoom out, fit, actual size'],
  [['?'], 'Show these shortcuts'],
  [['Esc'], 'Close the dialog'],
]

/** The list of keyboard shortcuts. */
export function ShortcutsDialog() {
  return (
    <Dialog.Root open onOpenChange={open => !open && closePalette()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-0 top-[12dvh] z-50 mx-auto w-[min(28rem,calc(100%-2rem))] rounded-sm border border-line bg-background px-4 py-3"
        >
          <div className="mb-2 flex items-center">
            <Dialog.Title className="font-semibold">Shortcuts</Dialog.Title>
            <Dialog.Description className="sr-only">Keys and their actions.</Dialog.Description>
            <Dialog.Close className="ml-auto flex min-h-9 items-center gap-1 px-2 text-muted hover:text-text">
              <X size={14} aria-hidden />
              Close
            </Dialog.Close>
          </div>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5">
            {SHORTCUTS.map(([keys, what]) => (
              <div key={what} className="contents">
                <dt className="flex gap-1">
                  {keys.map(key => (
                    <kbd key={key} className="rounded-sm border border-line px-1 text-[11px]">
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
