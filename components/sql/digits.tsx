import { digitGroups } from '../../lib/workbench/cell-text'

/** A number with thousands separators that are not copied with it. */
export function Digits({ text }: { text: string }) {
  const [first, ...groups] = digitGroups(text)
  let at = 0
  return (
    <>
      {first}
      {groups.map(group => (
        <span key={at++} className="before:content-[',']">
          {group}
        </span>
      ))}
    </>
  )
}
