/**
 * A font of 5 × 7 px, for text on pictures on servers without fonts. A glyph is a text of seven characters,
 * one per row from the top; each is a digit of base 32 whose bits are pixels, the leftmost pixel first.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhe',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '72222ic',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hhpljhh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllla',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  0: 'ehjlphe',
  1: '4c4444e',
  2: 'eh1248v',
  3: 'v2421he',
  4: '26aiv22',
  5: 'vgu11he',
  6: '68guhhe',
  7: 'v124888',
  8: 'ehhehhe',
  9: 'ehhf12c',
  ' ': '0000000',
  '.': '00000cc',
  ',': '0000c48',
  ':': '0cc0cc0',
  ';': '0cc0c48',
  '-': '000v000',
  _: '000000v',
  '/': '01248g0',
  '(': '2488842',
  ')': '8422248',
  '"': 'aaa0000',
  "'": 'c480000',
  '?': 'eh12404',
  '!': '4444404',
  '×': '0ha4ah0',
  '%': 'op248j3',
  '=': '00v0v00',
  '+': '044v440',
}

/** px from one letter to the next, at scale 1. */
export const ADVANCE = 6
/** px from one line to the next, at scale 1. */
export const LINE = 10

/**
 * Write one line of capitals. Characters that are not in the font become question marks.
 *
 * @param plot Called for every pixel of the letters.
 */
export function drawText(
  text: string,
  { x, y, scale }: { x: number; y: number; scale: number },
  plot: (x: number, y: number) => void,
): void {
  let left = x
  for (const letter of text.toUpperCase()) {
    const rows = GLYPHS[letter] ?? (GLYPHS['?'] as string)
    for (let j = 0; j < 7 * scale; j++) {
      const bits = Number.parseInt(rows[Math.floor(j / scale)] as string, 32)
      for (let i = 0; i < 5 * scale; i++)
        if ((bits >> (4 - Math.floor(i / scale))) & 1) plot(left + i, y + j)
    }
    left += ADVANCE * scale
  }
}
