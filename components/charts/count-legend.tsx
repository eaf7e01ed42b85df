/** Legend of all charts: images are solid, masks are outlined. */
export function CountLegend() {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-block h-2 w-3.5 bg-data" /> images
      <span aria-hidden className="ml-1.5 inline-block h-2.5 w-3.5 border border-data" /> masks
    </span>
  )
}
