/** A row of the table `locator`, as it is read. */
export interface LocatorColumns {
  image_id: number
  label_id: number | null
  instance: number | null
  part: number
  offset: number
  compressed_bytes: number
  bytes: number
  method: number
  crc32: number
}
