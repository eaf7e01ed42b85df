/** One decision of `docs/decisions/`. */
export interface Decision {
  readonly title: string
  /** Days when it was made and, if it was revised, changed: `YYYY-MM-DD`. */
  readonly dates: readonly string[]
  /** `accepted`, or what replaced it. */
  readonly status: string
}

/** The decisions of one area: a document of `docs/decisions/`. */
export interface Area {
  /** Name of the file, such as `manifest.md`. */
  readonly file: string
  readonly title: string
  readonly decisions: readonly Decision[]
}

const LINE = /^(\d{4}-\d\d-\d\d)(?:, revised (\d{4}-\d\d-\d\d))? · (.+)$/

/**
 * Read the document of an area.
 *
 * @throws Error that names a decision without a line of date and status below its heading.
 */
export function readArea(file: string, text: string): Area {
  const [head = '', ...parts] = text.split(/^## /m)
  const decisions = parts.map(part => {
    const [title = '', line = ''] = part.split('\n\n')
    const [, made, revised, status] = LINE.exec(line.trim().replaceAll('\n', ' ')) ?? []
    if (!made || !status)
      throw new Error(`${file}, "${title}": no line such as "2026-11-30 · accepted" below it`)
    return { title, dates: revised ? [made, revised] : [made], status }
  })
  return { file, title: head.replace(/^# Decisions: /, '').trim(), decisions }
}

/** The text of docs/decisions.md: every decision, with its link, date and status. */
export function decisionsIndex(areas: readonly Area[]): string {
  const sections = areas.map(
    ({ file, title, decisions }) =>
      `\n## ${capitalized(title)}\n\n${decisions.map(each => line(file, each)).join('\n')}\n`,
  )
  return HEAD + sections.join('')
}

/** The anchor that a heading of Markdown gets. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

const HEAD = `# Decisions

What was decided, and why, by area. Each decision has a heading that names it, the day it was made, and its status:
accepted, or replaced by another one. A new decision goes into the document of its area;
\`npm test -- --unit tests/docs -u\` writes this index.
`

const line = (file: string, { title, dates, status }: Decision) =>
  `- [${title}](decisions/${file}#${anchorOf(title)}): ${dates.join(', revised ')}, ${status.replace(/\[([^\]]+)\]\([^)]+\)/g, '"$1"')}`

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
