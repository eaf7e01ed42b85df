import { ServeCommand } from './serve-command'
import type { Pictures } from './use-pictures'

/** Notice that the server has no pictures, and what to do; renders nothing if it has. */
export function StoreNotice({ pictures }: { pictures: Pictures | null }) {
  if (!pictures || pictures.hasStore) return null
  return (
    <p
      role="status"
      data-testid="no-store"
      className="my-2 rounded-sm border border-notice-line bg-notice px-2 py-1 text-[12px]"
    >
      The server has no image store, so only captions are shown. Start it with <ServeCommand />,
      where the last is a release folder, its split ZIP or <code>phantom</code>.
    </p>
  )
}
