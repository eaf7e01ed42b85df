/**
 * Labels as `masks=` lists them: commas between, and a backslash before a comma or backslash within,
 * as in filters. A lone label called all or none begins with a backslash.
 */
export function joinLabels(labels: readonly string[]): string {
  const text = labels.map(label => label.replace(/[\\,]/g, '\\$&')).join(',')
  return text === 'all' || text === 'none' ? `\\${text}` : text
}

/** The inverse of `joinLabels`; a backslash at the very end stands for itself. */
export function splitLabels(text: string): string[] {
  const labels = ['']
  for (const [piece] of text.matchAll(/\\.|./gsu)) {
    if (piece === ',') labels.push('')
    else
      labels.push(labels.pop() + (piece.length > 1 && piece[0] === '\\' ? piece.slice(1) : piece))
  }
  return labels
}
