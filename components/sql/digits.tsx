import { digitGroups } from '../../lib/workbench/cell-text'

/** A number with thousands separators to look at; what is copied has none. */
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
