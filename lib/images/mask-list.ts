/**
 * Labels as the value of `masks=`: joined by commas, with a backslash before a comma or backslash in a label,
 * as in filters. A single label named all or none gets a backslash in front.
 */
export function joinLabels(labels: readonly string[]): string {
  const text = labels.map(label => label.replace(/[\\,]/g, '\\$&')).join(',')
  return text === 'all' || text === 'none' ? `\\${text}` : text
}

/** The inverse of `joinLabels`; a backslash at the end of the text is part of the label. */
export function splitLabels(text: string): string[] {
  const labels = ['']
  for (const [piece] of text.matchAll(/\\.|./gsu)) {
    if (piece === ',') labels.push('')
    else
      labels.push(labels.pop() + (piece.length > 1 && piece[0] === '\\' ? piece.slice(1) : piece))
  }
  return labels
}
