'use client'

import { SlidersHorizontal, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { ScrollerContext } from '../deferred/in-place'

/** The facet panel as a sheet, on screens too narrow to show it beside the charts. */
export function FacetSheet({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root>
      <Dialog.Trigger className="flex min-h-[36px] items-center gap-1.5 rounded-sm border border-line px-3 md:hidden">
        <SlidersHorizontal size={14} aria-hidden />
        Facets
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 bg-black/40" />
        <Dialog.Content className="fixed inset-x-0 bottom-0 z-30 flex max-h-[85dvh] flex-col border-t border-line bg-background">
          <div className="flex items-center border-b border-line px-4 py-2">
            <Dialog.Title className="font-semibold">Facets</Dialog.Title>
            <Dialog.Description className="sr-only">
              Tick values to filter; counts update immediately.
            </Dialog.Description>
            <Dialog.Close className="ml-auto flex min-h-[36px] items-center gap-1 px-2">
              <X size={14} aria-hidden />
              Close
            </Dialog.Close>
          </div>
          <div ref={box} className="overflow-y-auto px-4 py-2">
            <ScrollerContext value={box}>{children}</ScrollerContext>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
