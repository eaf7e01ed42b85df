/** What may precede a path or name within a line. */
const BEFORE = String.raw`(?<=^|[\s/\\"'${'`'}=:,;|(\[<>])`
/** What may follow a path or name within a line. */
const BEHIND = String.raw`(?=$|[\s"'${'`'},;|:)\]>?#])`

/** Longer names do not fit any file system. The limit also keeps the search linear. */
const MOST = 300

/**
 * `images/NAME.png` or `masks\NAME.png` after any folders, or a name in the release's naming, with or without `.png`.
 */
const PICTURE = new RegExp(
  [
    String.raw`${BEFORE}(images|masks)[/\\]+([^/\\]{1,${MOST}}?\.png)${BEHIND}`,
    String.raw`${BEFORE}([A-Za-z0-9_]{1,40}--[^/\\]{1,${MOST}}?--(?:[xyz]_\d{4,5}|2d_none))(--\d{4}_\d{3,5})?(?:\.png)?${BEHIND}`,
  ].join('|'),
  'gi',
)

/** A text that is a single path. Nearly all texts are, so this is the fast case. */
const ALONE = /^(?:[\w./-]*\/)?((?:images|masks)\/[\w.-]*\w\.png)$/

/**
 * Find the paths within the release of all pictures that a text names. It accepts pictures after other folders,
 * absolute paths, backslashes, names without folder or `.png`, several pictures on a line, and columns of a listing.
 */
export function picturesIn(text: string): string[] {
  // A fast exit for text that names no picture.
  if (!text.includes('--') && !/\.png/i.test(text)) return []
  const [, alone] = ALONE.exec(text) ?? []
  if (alone !== undefined && alone.indexOf('.png') === alone.length - 4) return [alone]
  return [...text.matchAll(PICTURE)].map(([, folder, name, stem, mask = '']) =>
    folder === undefined
      ? `${mask === '' ? 'images' : 'masks'}/${stem}${mask}.png`
      : `${folder.toLowerCase()}/${name}`,
  )
}

/** Whether a text looks like a file name, which may be requested. */
export const looksLikeFile = (text: string): boolean =>
  /[^\s./\\]\.(png|jpe?g|tiff?|bmp|gif|webp|nii(\.gz)?|dcm|npy|npz|mh[ad]|nrrd|json)$/i.test(
    text,
  ) || /(^|[\\/])(images|masks)[\\/]/i.test(text)

/** Names of columns and keys that contain files, letters only. */
const FILE_NAMES = new Set(
  ['image', 'img', 'mask', 'msk', 'seg', 'label', 'file', 'source', 'target', 'annotation']
    .flatMap(of =>
      ['path', 'paths', 'file', 'files', 'filename', 'filenames', 'name', 'names'].map(
        end => of + end,
      ),
    )
    .concat(
      ...['image', 'img', 'mask', 'path', 'file'].map(word => [word, `${word}s`]),
      ...['imageid', 'maskid', 'relpath', 'fullpath', 'abspath', 'url', 'uri', 'key'],
    ),
)

/** Whether the name of a column or key says that it contains files, in any spelling: `image_path`, `File Name`. */
export const isFileName = (name: string): boolean =>
  /^[\w .-]+$/.test(name) && FILE_NAMES.has(name.toLowerCase().replace(/[^a-z]/g, ''))
