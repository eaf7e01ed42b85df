declare module 'fontkit' {
  export function create(bytes: Uint8Array): unknown
}
declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: object)
    on(event: string, listener: (...args: never[]) => void): this
    registerFont(name: string, path: string): this
    end(): void
  }
}
declare module 'svg-to-pdfkit' {
  export default function SVGtoPDF(
    document: unknown,
    svg: string,
    x: number,
    y: number,
    options: object,
  ): void
}
declare module 'vega-scenegraph' {
  /** Restart the ids of gradients and clips at 0. */
  export function resetSVGDefIds(): void
  /** Vega's text measurement; `width` may be replaced. */
  export const textMetrics: {
    width: (
      item: { readonly fontSize?: number; readonly fontWeight?: number | string },
      text: unknown,
    ) => number
  }
}
