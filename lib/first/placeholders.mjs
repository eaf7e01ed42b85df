/**
 * Placeholders in the exported pages. The server, or a program that writes static pages, replaces them by
 * `fillPage`.
 */

/** Base path of the explorer (Next's basePath); also occurs in scripts and styles. */
export const BASE_PLACEHOLDER = '/__base__'

/** Name in the URL of a dataset or label page, percent-encoded. */
export const NAME_PLACEHOLDER = '__name__'

/** Title of a dataset or label page. */
export const TITLE_PLACEHOLDER = '__title__'

/** HTML of the first paint. */
export const PAINT_PLACEHOLDER = '__first_paint__'

/** Data of the first paint, as JSON. */
export const ANSWERS_PLACEHOLDER = '__first_answers__'

/** Id of the element that contains the data. */
export const ANSWERS_ID = 'first-answers'
