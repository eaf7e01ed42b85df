'use client'

import type { ReactNode } from 'react'
import { formatBytes } from '../../lib/format'
import { useEngine } from '../engine-provider'

/** Shown in place of the pictures while they load, if nothing is selected, or after an error. */
export function GalleryFace({
  isEmpty,
  error,
}: {
  /** The filter selects no image. */
  isEmpty: boolean
  /** Why the images could not be listed. */
  error: string | null
}) {
  const { stage, error: lost, retry, progress, engine } = useEngine()
  if (stage === 'error' || (error && !engine))
    return (
      <Face name="error" role="alert">
        <p>Could not load the image list: {lost ?? error}</p>
        <FaceButton onClick={retry}>Retry</FaceButton>
      </Face>
    )
  if (error)
    return (
      <Face name="error" role="alert">
        <p>Could not list the images: {error}</p>
        <FaceButton onClick={retry}>Retry</FaceButton>
      </Face>
    )
  if (isEmpty)
    return (
      <Face name="empty" role="status">
        {/* The notice above says which filters to remove. */}
        <p className="text-muted">No images match these filters.</p>
      </Face>
    )
  if (engine)
    return (
      <Face name="listing" role="status">
        <p>Listing the images…</p>
      </Face>
    )
  return (
    <Face name="loading" role="status">
      <p data-waits>
        Loading the image list
        {progress
          ? `: ${formatBytes(progress.bytes)} of ${formatBytes(progress.bytesTotal)}.`
          : '…'}{' '}
        Filters and counts already work.
      </p>
      <progress
        data-waits
        className="h-1.5 w-full max-w-md"
        aria-label="Image list loaded"
        value={progress?.bytes ?? 0}
        max={progress?.bytesTotal ?? 1}
      />
    </Face>
  )
}

function Face({
  name,
  role,
  children,
}: {
  name: string
  role: 'alert' | 'status'
  children: ReactNode
}) {
  return (
    <div
      role={role}
      data-testid={`gallery-${name}`}
      className="flex min-h-40 grow flex-col items-start gap-3 py-6"
    >
      {children}
    </div>
  )
}

function FaceButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-[28px] rounded-sm border border-line bg-raised px-2 hover:border-muted max-md:min-h-[36px]"
    >
      {children}
    </button>
  )
}
