import { useId } from 'react'
import { OVERLAPS, REST, type SplitPlan, STRATA } from '../../lib/subset/split-plan'
import {
  type Counts,
  clamp,
  countsOf,
  percent,
  sharesOf,
  sound,
  wholeOf,
  withCounts,
  withFolds,
  withShares,
} from './split-sizes'

const OVERLAP_TEXTS: Readonly<Record<SplitPlan['overlap'], string>> = {
  together: 'together: keep in one split',
  warn: 'warn: split them, and show a warning',
  exclude: 'exclude: leave the smaller out',
}

const FIELD = 'min-h-[28px] w-24 rounded-sm border border-line bg-background px-1.5'
const SELECT = 'min-h-[28px] rounded-sm border border-line bg-background px-1'

interface Fields<Plan> {
  readonly split: Plan
  readonly onSplit: (split: SplitPlan) => void
}

/** Fields for the share or number of images of each split, and for what must stay in the same split. */
export function SplitFields({
  split,
  images,
  onSplit,
}: Fields<SplitPlan> & { images: number | null }) {
  const isCounted = 'counts' in split
  const switchTo = () =>
    onSplit(
      isCounted
        ? withShares(split, sharesOf(split.counts, images))
        : withCounts(split, countsOf(split.shares, images)),
    )
  return (
    <>
      <SizeSwitch isCounted={isCounted} onSwitch={switchTo} />
      {'counts' in split ? (
        <CountFields split={split} onSplit={onSplit} />
      ) : (
        <ShareFields split={split} onSplit={onSplit} />
      )}
      <label className="flex items-center gap-1.5">
        Split by
        <select
          value={split.by}
          onChange={event => onSplit({ ...split, by: event.target.value as SplitPlan['by'] })}
          className={SELECT}
        >
          <option value="patient">patient</option>
          <option value="case">case</option>
          <option value="image">image (leaks)</option>
        </select>
      </label>
      <label className="flex items-center gap-1.5">
        Stratify by
        <select
          value={split.stratify}
          disabled={split.by === 'image'}
          onChange={event =>
            onSplit({ ...split, stratify: event.target.value as SplitPlan['stratify'] })
          }
          className={SELECT}
        >
          {STRATA.map(key => (
            <option key={key}>{key}</option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-1.5">
        Overlapping datasets
        <select
          value={split.overlap}
          disabled={split.by === 'image'}
          onChange={event =>
            onSplit({ ...split, overlap: event.target.value as SplitPlan['overlap'] })
          }
          className={SELECT}
        >
          {OVERLAPS.map(choice => (
            <option key={choice} value={choice}>
              {OVERLAP_TEXTS[choice]}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

function SizeSwitch({ isCounted, onSwitch }: { isCounted: boolean; onSwitch: () => void }) {
  const id = useId()
  const choice = (counted: boolean, text: string) => (
    <label className="flex min-h-[24px] items-center gap-1 max-md:min-h-[36px]">
      <input
        type="radio"
        name={id}
        checked={isCounted === counted}
        onChange={onSwitch}
        className="accent-data"
      />
      {text}
    </label>
  )
  return (
    <span role="radiogroup" aria-label="Split sizes as" className="flex items-center gap-2">
      {choice(false, 'share')}
      {choice(true, 'images')}
    </span>
  )
}

function ShareFields({ split, onSplit }: Fields<Extract<SplitPlan, { shares: unknown }>>) {
  const [train, val, test] = split.shares
  const { folds } = split
  const put = (nextTrain: number, nextVal: number) => {
    const [a, b] = [clamp(nextTrain, 100), clamp(nextVal, 100 - clamp(nextTrain, 100))]
    onSplit(withShares(split, [a / 100, b / 100, (100 - a - b) / 100], a > 0 ? folds : undefined))
  }
  return (
    <>
      <NumberField
        label="train %"
        value={percent(train)}
        onText={text => put(Number(text), percent(val))}
      />
      {folds === undefined && (
        <NumberField
          label="val %"
          value={percent(val)}
          onText={text => put(percent(train), Number(text))}
        />
      )}
      <span className="text-muted">test {percent(test)}%</span>
      <NumberField
        label="folds of train"
        value={folds ?? ''}
        placeholder="none"
        onText={text => onSplit(withFolds(split, wholeOf(text)))}
      />
    </>
  )
}

function CountFields({ split, onSplit }: Fields<Extract<SplitPlan, { counts: unknown }>>) {
  const [train, val, test] = split.counts
  const put = (counts: Counts) => onSplit({ ...split, counts: sound(counts) })
  return (
    <>
      <NumberField
        label="train images"
        value={train}
        onText={text => put([wholeOf(text), val, test])}
      />
      <NumberField
        label="val images"
        value={val}
        onText={text => put([train, wholeOf(text), test])}
      />
      <NumberField
        label="test images"
        value={test === REST ? '' : test}
        placeholder={REST}
        onText={text => put([train, val, text === '' ? REST : wholeOf(text)])}
      />
    </>
  )
}

function NumberField({
  label,
  value,
  placeholder,
  onText,
}: {
  label: string
  value: number | ''
  placeholder?: string
  onText: (text: string) => void
}) {
  return (
    <label className="flex items-center gap-1.5">
      {label}
      <input
        type="number"
        min={0}
        value={value}
        placeholder={placeholder}
        onChange={event => onText(event.target.value)}
        className={FIELD}
      />
    </label>
  )
}
