/** Position of a picture on the stage: a point p of the picture, in px, is drawn at p · scale + (x, y). */
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

/** Maximum scale. */
const MAX_SCALE = 32

/** The complete picture, as large as the stage allows, centred. */
export function fitZoom(picture: Size, stage: Size): Zoom {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height)
  return centred(picture, stage, Number.isFinite(scale) && scale > 0 ? scale : 1)
}

const centred = (picture: Size, stage: Size, scale: number): Zoom => ({
  scale,
  x: (stage.width - picture.width * scale) / 2,
  y: (stage.height - picture.height * scale) / 2,
})

/** Zoom by a factor around a point of the stage, which stays where it is. */
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

/** Move by px of the stage. */
export const panned = (zoom: Zoom, by: Point, picture: Size, stage: Size): Zoom =>
  inSight({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, stage)

/** Centre the picture in a direction in which it fits; otherwise leave no gap at the edges of the stage. */
function inSight({ scale, x, y }: Zoom, picture: Size, stage: Size): Zoom {
  const along = (offset: number, drawn: number, room: number) =>
    drawn <= room ? (room - drawn) / 2 : Math.max(room - drawn, Math.min(offset, 0))
  return {
    scale,
    x: along(x, picture.width * scale, stage.width),
    y: along(y, picture.height * scale, stage.height),
  }
}
