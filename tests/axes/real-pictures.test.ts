import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { axisPlane, uprightTurn } from '../../lib/axes/known-axes'
import { type Turn, turnTransform } from '../../lib/axes/turn'
import { parseImageName, parseMaskName } from '../../lib/release/names'

/** Real pictures of the release, where they are at hand. */
const RELEASE = '../shared/samples/real/SAMed2Dv1'

/** Class ids of AMOS2022: organs of one side of the body. */
const LIVER = '0007'
const SPLEEN = '0011'

const skip = !existsSync(RELEASE)

/** The middle of a picture's brightest pixels as the page draws it upright, as shares of width and height. */
async function middleOf(path: string, turn: Turn) {
  const { data, info } = await sharp(join(RELEASE, path))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const bright = 0.8 * data.reduce((most, value) => Math.max(most, value), 0)
  let [n, x, y] = [0, 0, 0]
  for (const [i, value] of data.entries()) {
    if (value < bright) continue
    n++
    x += (i % info.width) + 0.5
    y += Math.floor(i / info.width) + 0.5
  }
  const transform = turnTransform(turn, info.width, info.height)
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = (transform.match(/-?\d+/g) ?? []).map(Number)
  return {
    x: ((a * x + c * y) / n + e) / info.width,
    y: ((b * x + d * y) / n + f) / info.height,
  }
}

test.skipIf(skip)(
  `upright pictures of AMOS2022 are seen from the feet (skipped without ${RELEASE})`,
  async () => {
    const sides: Record<string, number[]> = { [LIVER]: [], [SPLEEN]: [] }
    let pictures = 0
    for (const file of await readdir(join(RELEASE, 'masks'))) {
      const mask = parseMaskName(`masks/${file}`)
      if (typeof mask === 'string') throw new Error(mask)
      const path = `images/${mask.imageStem}.png`
      const image = parseImageName(path)
      if (typeof image === 'string') throw new Error(image)
      if (image.dataset !== 'AMOS2022') continue
      expect(axisPlane(image.dataset, image.axis)?.plane).toBe('axial')
      const upright = uprightTurn(image.dataset, image.submodality, image.axis)
      if (!upright) throw new Error(`${path}: how it lies is not known`)
      // Bone is brightest: the spine, at the back, and in the pelvis the sacrum and the hips.
      expect((await middleOf(path, upright.turn)).y, path).toBeGreaterThan(0.5)
      sides[mask.classId]?.push((await middleOf(`masks/${file}`, upright.turn)).x)
      pictures++
    }
    expect(pictures).toBe(30)
    // The patient's right is on the left of the picture.
    expect(sides[LIVER]?.map(x => x < 0.5)).toEqual([true, true, true, true])
    expect(sides[SPLEEN]?.map(x => x > 0.5)).toEqual([true])
  },
)
