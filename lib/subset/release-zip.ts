import { crc32ByTable } from '../archive/crc32'
import { centralRecord, endRecords, localRecord, type StoredFile } from '../archive/zip-records'

/** Maximum for a single ZIP in the browser, which holds it in memory. */
export const ZIP_MOST_FILES = 2_000
export const ZIP_MOST_BYTES = 500_000_000

/** Folder of a release within its archive. */
const FOLDER = 'SAMed2Dv1/'

/** A line of the export format `jsonl`, as far as a ZIP needs it. */
export interface ZipImage {
  readonly imageId: number
  readonly path: string
  readonly dataset: string
  readonly masks: readonly {
    readonly path: string
    readonly label: string
    readonly classId: string
  }[]
}

/** A picture of a ZIP: its path within the release, and its URL. */
export interface ZipPicture {
  readonly path: string
  readonly address: string
}

/** Pictures of a subset: each image is followed by its masks. */
export const picturesOf = ({ imageId, path, masks }: ZipImage): ZipPicture[] => [
  { path, address: `/api/images/${imageId}/original.png` },
  ...masks.map(mask => ({
    path: mask.path,
    address: `/api/images/${imageId}/masks/${mask.path.slice(mask.path.lastIndexOf('--') + 2)}`,
  })),
]

/** Index of a release that contains these images. */
export const indexOf = (images: readonly ZipImage[]): string =>
  `${JSON.stringify(
    Object.fromEntries(images.map(({ path, masks }) => [path, masks.map(mask => mask.path)])),
    null,
    1,
  )}\n`

/** Class map of a release that contains these images. Labels that they do not have are left out. */
export function classMapOf(images: readonly ZipImage[]): string {
  const map = new Map<string, Map<string, string>>()
  for (const { dataset, masks } of images) {
    const labels = map.get(dataset) ?? new Map<string, string>()
    map.set(dataset, labels)
    for (const { label, classId } of masks) labels.set(label, classId)
  }
  const plain = [...map].map(([dataset, labels]) => [dataset, Object.fromEntries(labels)])
  return `${JSON.stringify(Object.fromEntries(plain), null, 1)}\n`
}

/**
 * A ZIP in the release's layout, built in memory. Entries are stored without compression, and equal files give equal
 * ZIPs.
 */
export class ReleaseZip {
  private readonly parts: Uint8Array<ArrayBuffer>[] = []
  private readonly entries: { file: StoredFile; at: number }[] = []
  /** Current size, without the directory. */
  bytes = 0

  /** @param path Path within the release. */
  add(path: string, data: Uint8Array<ArrayBuffer>): void {
    const file = { name: FOLDER + path, bytes: data.length, crc32: crc32ByTable(data) }
    this.entries.push({ file, at: this.bytes })
    this.push(localRecord(file))
    this.push(data)
  }

  /** Return the complete ZIP. No file can be added afterwards. */
  end(): readonly Uint8Array<ArrayBuffer>[] {
    const at = this.bytes
    for (const { file, at } of this.entries) this.push(centralRecord(file, at))
    this.push(endRecords(this.entries.length, this.bytes - at, at))
    return this.parts
  }

  private push(bytes: Uint8Array<ArrayBuffer>): void {
    this.parts.push(bytes)
    this.bytes += bytes.length
  }
}
