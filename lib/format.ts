const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** 2338753 → "2,338,753". */
export const formatCount = (n: number): string => whole.format(n)

/** 120.25 → "120.3", 120 → "120", for means and medians of counts. */
export const formatMean = (n: number): string => tenth.format(n)

/** 2338753 → "2.34M", for where there is no room; show the full number on hover. */
export const formatShort = (n: number): string => short.format(n)

/** 0.1234 → "12.3%"; what is there, but less than a thousandth → "< 0.1%". */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.001 ? '< 0.1%' : percent.format(share)

/** "image" for one, "images" for any other number. */
export const nounOf = (n: number, noun: string, plural = `${noun}s`): string =>
  n === 1 ? noun : plural

/** "1 image", "2,000 images", "0 groups of duplicates". */
export const countOf = (n: number, noun: string, plural?: string): string =>
  `${formatCount(n)} ${nounOf(n, noun, plural)}`

/** Bytes in decimal units, as disks and downloads are sold: 412000000000 → "412 GB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toPrecision(3)} ${units[unit]}`
}
