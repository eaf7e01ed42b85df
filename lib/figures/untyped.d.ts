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
  /** Numbers gradients and clips from 0 again. */
  export function resetSVGDefIds(): void
  /** Vega's own measure of texts; `width` may be replaced. */
  export const textMetrics: {
    width: (
      item: { readonly fontSize?: number; readonly fontWeight?: number | string },
      text: unknown,
    ) => number
  }
}
