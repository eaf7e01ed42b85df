/** Where a picture lies on its stage: a point p of the picture, in px, is drawn at p · scale + (x, y). */
export interface Zoom {
  /** Stage px for one px of the picture. */
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A picture may be drawn this many times its own size. */
const MAX_SCALE = 32

/** The whole picture, as large as the stage allows, in its middle. */
export function fitZoom(picture: Size, stage: Size): Zoom {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height)
  return centred(picture, stage, Number.isFinite(scale) && scale > 0 ? scale : 1)
}

const centred = (picture: Size, stage: Size, scale: number): Zoom => ({
  scale,
  x: (stage.width - picture.width * scale) / 2,
  y: (stage.height - picture.height * scale) / 2,
})

/** Enlarged by a factor around a point of the stage, which stays where it is. */
export function zoomAround(
  zoom: Zoom,
  factor: number,
  around: Point,
  picture: Size,
  stage: Size,
): Zoom {
  const smallest = Math.min(1, fitZoom(picture, stage).scale)
  const largest = Math.max(MAX_SCALE, fitZoom(picture, stage).scale)
  const scale = Math.max(smallest, Math.min(zoom.scale * factor, largest))
  const by = scale / zoom.scale
  const moved = {
    scale,
    x: around.x - (around.x - zoom.x) * by,
    y: around.y - (around.y - zoom.y) * by,
  }
  return inSight(moved, picture, stage)
}

/** Moved by stage px. */
export const panned = (zoom: Zoom, by: Point, picture: Size, stage: Size): Zoom =>
  inSight({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, stage)

/** A side that fits is in the middle; a longer one leaves no gap at its ends. */
function inSight({ scale, x, y }: Zoom, picture: Size, stage: Size): Zoom {
  const along = (offset: number, drawn: number, room: number) =>
    drawn <= room ? (room - drawn) / 2 : Math.max(room - drawn, Math.min(offset, 0))
  return {
    scale,
    x: along(x, picture.width * scale, stage.width),
    y: along(y, picture.height * scale, stage.height),
  }
}
