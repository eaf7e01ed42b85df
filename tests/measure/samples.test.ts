import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { measure as measureCommand } from '../../cli/measure'
import { MASK_NAME_SQL } from '../../lib/release/name-sql'
import { openManifest } from '../../lib/store/open-manifest.node.ts'
import { fakeEffects } from '../cli/fake-effects'
import { describeSamples, RELEASE, ZIP } from '../fixtures/sample-release'
import { tablesOf } from './measured-release'

describeSamples(sample => {
  test('areas and boxes are those that another decoder finds; folder and ZIP agree', async () => {
    const effects = fakeEffects()
    await measureCommand({ manifest: sample.out, images: RELEASE, json: true }, effects)
    const result = JSON.parse(effects.output())
    expect(result).toMatchObject({ changed: true, measured: 'pixels', pictures: 37, quality: [] })
    const tables = await tablesOf(sample.out)
    const { engine } = await openManifest(sample.out)
    const names = await engine.rows<{ name: string }>({
      text: `SELECT ${MASK_NAME_SQL} AS name FROM masks JOIN class_ids USING (dataset_id, label_id)
        JOIN (SELECT image_id, case_name, slice, submodality, dataset, axis FROM images
          JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
          JOIN axes USING (axis_id)) USING (image_id) ORDER BY image_id, label_id, instance`,
      params: [],
    })
    engine.close()
    expect(names).toHaveLength((await readdir(join(RELEASE, 'masks'))).length)
    for (const [i, { name }] of names.entries())
      expect(tables.masks[i], name).toMatchObject(await counted(join(RELEASE, name)))

    await measureCommand({ manifest: sample.out, images: ZIP, again: true }, fakeEffects())
    expect(await tablesOf(sample.out)).toEqual(tables)
  })
})

async function counted(path: string) {
  const { data, info } = await sharp(path)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const set = [...data].flatMap((value, i) => (value === 0 ? [] : [i]))
  const xs = set.map(i => i % info.width)
  const ys = set.map(i => Math.floor(i / info.width))
  return {
    area: set.length,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1],
  }
}
