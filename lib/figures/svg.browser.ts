import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile } from 'vega-lite'
import type { Figure } from './figure'

/**
 * A figure as SVG text, drawn in the browser: the interpreter needs no eval, which the page's content
 * policy forbids.
 *
 * @returns Null for a figure with nothing to show.
 */
export async function figureSvg({ picture }: Figure): Promise<string | null> {
  if (!picture) return null
  if ('svg' in picture) return picture.svg
  const { spec } = compile(picture.spec)
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
  })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}
