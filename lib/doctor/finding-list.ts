import type { Parts } from '../archive/parts'
import type { Finding } from './finding'
import { mergeRanges, type Range } from './ranges'
import { type FileCounts, kindOf, type LocatedDamage, located } from './report'

/** With more ranges, those near each other are joined, so that memory does not depend on the number of files. */
const MAX_RANGES = 200_000
const JOINED_BYTES = [1 << 16, 1 << 20, 1 << 26, 2 ** 53]

/** Most findings that wait for the other copy to decide. */
const MAX_UNDECIDED = 10_000

/** Collects findings: counts damaged files, joins damaged ranges, and hands each finding on. */
export class FindingList {
  readonly files: FileCounts = { images: 0, masks: 0, others: 0 }
  /** Findings of which the other copy will tell what is damaged; empty without one. */
  readonly undecided: Finding[] = []
  private ranges: Range[] = []
  private suspected: Range[] = []
  private lastName: string | null = null

  constructor(
    private readonly parts: Parts,
    private readonly nameOf: (part: number) => string,
    private readonly hasOther: boolean,
    private readonly onDamage: (damage: LocatedDamage) => void,
  ) {}

  /** Damaged ranges, merged. */
  get damage(): Range[] {
    this.ranges = mergeRanges(this.ranges)
    return this.ranges
  }

  /** Damaged ranges, and those that may be. */
  get suspects(): Range[] {
    return mergeRanges([...this.ranges, ...this.suspected])
  }

  /** A finding of the check of entries. */
  add(finding: Finding): void {
    if (this.hasOther && this.isUndecided(finding) && this.undecided.length < MAX_UNDECIDED)
      this.undecided.push(finding)
    else this.settle(finding)
  }

  /** A finding that is final. */
  settle(finding: Finding): void {
    const { name, ranges, suspects = [] } = finding
    this.ranges.push(...ranges)
    this.suspected.push(...suspects)
    for (const gap of JOINED_BYTES) {
      if (this.ranges.length <= MAX_RANGES) break
      this.ranges = mergeRanges(this.ranges, gap)
    }
    if (name !== null && name !== this.lastName) this.files[kindOf(name)]++
    this.lastName = name
    for (const damage of located(finding, this.parts, this.nameOf)) this.onDamage(damage)
  }

  /** Whether only some of the ranges are damaged: several ranges, or one that lies in two parts. */
  private isUndecided({ damage, ranges, suspects = [] }: Finding): boolean {
    if (damage === 'missing') return false
    if (damage === 'either' || suspects.length > 0) return true
    return ranges.some(
      ({ start, end }) => this.parts.place(start).part !== this.parts.place(end - 1).part,
    )
  }
}
