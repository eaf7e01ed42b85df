import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import { type Chart, DATA } from '../../lib/charts/base'

/** Draw a chart to SVG as the page does, at a fixed width; a warning of Vega fails. */
export async function draw(chart: Chart, width = 600): Promise<string> {
  const warnings: unknown[] = []
  const logger = {
    level: () => 2,
    error: (...args: unknown[]) => warnings.push(args),
    warn: (...args: unknown[]) => warnings.push(args),
    info: () => {},
    debug: () => {},
  }
  const { spec } = compile({ ...chart.spec, width } as Parameters<typeof compile>[0], {
    logger: logger as never,
  })
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
    logger: logger as never,
  })
  await view.data(DATA, [...chart.rows]).runAsync()
  const svg = await view.toSVG()
  view.finalize()
  if (warnings.length > 0) throw new Error(`Vega warned: ${JSON.stringify(warnings)}`)
  return svg
}

const marks = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<g class="mark-${kind}[^>]*[^/]>(.*?)</g>`, 'gs'))].flatMap(
    // What only takes clicks has neither fill nor stroke.
    group => group[1]?.match(/<path [^>]*(fill|stroke)="[^>]*>/g) ?? [],
  )

/** The bars of an SVG, ghosts included. */
export const bars = (svg: string) => marks(svg, 'rect role-mark')

/** The points of an SVG. */
export const points = (svg: string) => marks(svg, 'symbol role-mark')
