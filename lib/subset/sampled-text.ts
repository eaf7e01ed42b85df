import { countOf, formatCount } from '../format'
import type { Recipe } from './recipe'
import { isShared } from './sampling'
import type { SampleReport } from './shared-sample.node.ts'

/** A line on the result of a sample per label or organ. */
export function sampledText({ per, rule, count, cap, values }: SampleReport): string {
  const reached = values.filter(({ images }) => images >= count).length
  const whole = values.filter(
    ({ images, available }) => images < count && images === available,
  ).length
  const short = values.length - reached - whole
  const have = (n: number) => `${countOf(n, per)} ${n === 1 ? 'has' : 'have'}`
  const [most, why] =
    rule === 'cap'
      ? [
          formatCount(count),
          cap === undefined
            ? `because other ${per}s of their images are at the limit`
            : `because other ${per}s of their images are at the limit, or their datasets have ${countOf(cap, 'image')}`,
        ]
      : [`${formatCount(count)} or more`, 'because of the limit per dataset']
  return [
    `Images per ${per}, at ${rule === 'cap' ? 'most' : 'least'} ${formatCount(count)}: ${have(reached)} ${most}`,
    ...(whole > 0 ? [`${have(whole)} fewer, all of them included`] : []),
    ...(short > 0 ? [`${have(short)} fewer ${why}`] : []),
  ].join('; ')
}

/** A note on a sample of version 1; null for others. */
export const oldSampleText = ({ version, sample }: Pick<Recipe, 'version' | 'sample'>) =>
  version === 1 && sample && isShared(sample.per)
    ? `This subset was made with version 1 of sampling: ${sample.per}s can have more than ${countOf(sample.count, 'image')}.`
    : null
