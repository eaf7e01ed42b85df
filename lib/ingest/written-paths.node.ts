import { visitNames, withReader } from '../locator/visit-names.node.ts'
import type { Manifest } from '../manifest/manifest'
import { newPathSums, type PathSums } from './path-sum'

/**
 * Sums over the paths of all rows and rejects in a manifest's Parquet files, in any order.
 *
 * @param folder Folder of the files, published or not.
 */
export async function sumWrittenPaths(folder: string, manifest: Manifest): Promise<PathSums> {
  const sums = newPathSums()
  await withReader(folder, manifest, async read => {
    for await (const [kinds, texts] of read<[string[], string[]]>('kind, text', 'rejects'))
      for (const [i, text] of texts.entries()) {
        if (kinds[i] === 'image') sums.images.add(text)
        else if (kinds[i] === 'mask') sums.masks.add(text)
      }
  })
  await visitNames(folder, manifest, {
    image: hash => sums.images.addHash(hash),
    mask: hash => sums.masks.addHash(hash),
  })
  return sums
}
