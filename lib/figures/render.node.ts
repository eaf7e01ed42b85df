import { readFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { create } from 'fontkit'
import PDFDocument from 'pdfkit'
import SVGtoPDF from 'svg-to-pdfkit'
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import { resetSVGDefIds, textMetrics } from 'vega-scenegraph'
import type { Figure } from './figure'
import { fontFile } from './fonts.node.ts'
import { withDensity } from './png-density.node.ts'

const REGULAR = fontFile('400Regular/Arimo_400Regular.ttf')
const BOLD = fontFile('600SemiBold/Arimo_600SemiBold.ttf')

/** px per inch of the layout. */
const PX_PER_INCH = 96
const PNG_DPI = 300
const PT_PER_PX = 72 / PX_PER_INCH

let measured = false

/** Measure texts with the font of the files; without a browser, Vega would estimate widths. */
function measureTexts(): void {
  if (measured) return
  measured = true
  const open = (path: string) => create(readFileSync(path)) as Font
  const fonts = { regular: open(REGULAR), bold: open(BOLD) }
  textMetrics.width = ({ fontSize = 11, fontWeight = 400 }, text) => {
    const font = isBold(fontWeight) ? fonts.bold : fonts.regular
    return (font.layout(String(text ?? '')).advanceWidth / font.unitsPerEm) * fontSize
  }
}

interface Font {
  readonly unitsPerEm: number
  layout(text: string): { advanceWidth: number }
}

const isBold = (weight: number | string) => weight === 'bold' || Number(weight) >= 600

/**
 * A figure as SVG text; the same bytes for the same figure.
 *
 * @returns Null for a figure with nothing to show.
 */
export async function figureSvg({ picture }: Figure): Promise<string | null> {
  if (!picture) return null
  if ('svg' in picture) return picture.svg
  measureTexts()
  const { spec } = compile(picture.spec)
  const view = new View(parse(spec), { renderer: 'none' })
  try {
    // Otherwise the ids of gradients continue from the last figure.
    resetSVGDefIds()
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

/** An SVG of a figure as PNG at 300 dpi, with the font that it names. */
export function svgToPng(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: PNG_DPI / PX_PER_INCH },
    font: {
      fontFiles: [REGULAR, BOLD],
      loadSystemFonts: false,
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
  })
  return withDensity(image.render().asPng(), PNG_DPI)
}

/** An SVG of a figure as a PDF with one page and an embedded font. */
export function svgToPdf(svg: string, title: string, date: Date): Promise<Uint8Array> {
  const [width, height] = sizeOf(svg)
  return new Promise((resolve, reject) => {
    const document = new PDFDocument({
      size: [width * PT_PER_PX, height * PT_PER_PX],
      margin: 0,
      // No default font: every text names its font, and a bundle lacks the file of the default font.
      font: '',
      // All dates are given, so that two runs write the same bytes.
      info: {
        Title: title,
        Creator: 'samed2d',
        Producer: 'samed2d',
        CreationDate: date,
        ModDate: date,
      },
    })
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
    document.registerFont('Regular', REGULAR)
    document.registerFont('Bold', BOLD)
    SVGtoPDF(document, svg, 0, 0, {
      assumePt: false,
      fontCallback: (_family: string, bold: boolean) => (bold ? 'Bold' : 'Regular'),
      warningCallback: () => {},
    })
    document.end()
  })
}

function sizeOf(svg: string): [width: number, height: number] {
  const [, width = '640', height = '480'] =
    /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
  return [Number(width), Number(height)]
}
