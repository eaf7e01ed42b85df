import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import { type Chart, DATA } from '../../lib/charts/base'

/** Width of an exported picture in px; a PNG has twice as many pixels. */
const EXPORT_WIDTH = 720

/** A chart → an SVG or PNG file of a fixed width on white, independent of its size on the page. */
export async function chartPicture(chart: Chart, format: 'svg' | 'png'): Promise<Blob> {
  const { spec } = compile({
    ...chart.spec,
    width: EXPORT_WIDTH,
    background: '#ffffff',
    padding: 12,
  } as Parameters<typeof compile>[0])
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
  })
  try {
    await view.data(DATA, [...chart.rows]).runAsync()
    if (format === 'svg') return new Blob([await view.toSVG()], { type: 'image/svg+xml' })
    const canvas = await view.toCanvas(2)
    return await new Promise((resolve, reject) =>
      (canvas as HTMLCanvasElement).toBlob(
        blob => (blob ? resolve(blob) : reject(new Error('the browser returned no image data'))),
        'image/png',
      ),
    )
  } finally {
    view.finalize()
  }
}
