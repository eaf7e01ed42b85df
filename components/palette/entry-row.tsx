'use client'

import { Command } from 'cmdk'
import type { PaletteRow } from '../../lib/catalog/palette-rows'
import { countOf } from '../../lib/format'

/** One result of the search: kind, name and number of images. */
export function EntryRow({
  row: {
    id,
    entry: { kind, name, images, path },
    detail,
  },
  onOpen,
}: {
  row: PaletteRow
  onOpen: (path: string) => void
}) {
  return (
    <Command.Item
      value={id}
      onSelect={() => onOpen(path)}
      className="flex min-h-8 cursor-pointer items-baseline gap-3 rounded-sm px-3 py-1 data-[selected=true]:bg-raised data-[selected=true]:outline-1 data-[selected=true]:outline-line max-md:min-h-11 max-md:items-center"
    >
      <span className="w-16 shrink-0 text-[11px] text-muted">{kind}</span>
      <span className="min-w-0 grow truncate">{name}</span>
      {detail && <span className="shrink-0 text-[11px] text-muted">{detail}</span>}
      {images !== null && (
        <span className="shrink-0 text-[11px] text-muted">{countOf(images, 'image')}</span>
      )}
    </Command.Item>
  )
}
