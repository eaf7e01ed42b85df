/** The position of a file in an archive, as it is read. */
export interface PlaceColumns {
  part: number
  offset: number
  compressed_bytes: number
  bytes: number
  method: number
  crc32: number
}

/** A row of the table `locator`, as it is read. */
export interface LocatorColumns extends PlaceColumns {
  image_id: number
  label_id: number | null
  instance: number | null
}

/** The position of a file, as in `PlaceColumns`. BIGINTs become numbers, which represent these values exactly. */
export const PLACE_SQL = `part, "offset"::DOUBLE AS "offset", compressed_bytes, bytes, method,
  crc32::DOUBLE AS crc32`
