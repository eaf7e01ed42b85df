/**
 * What stands in the exported pages where the server, or whoever writes static pages, puts what is
 * only known then. Each is replaced by `fillPage`.
 */

/** The path that the explorer lies under: Next's basePath, so it is in scripts and styles too. */
export const BASE_PLACEHOLDER = '/__base__'

/** The name in the address of a dataset or label page, percent-encoded. */
export const NAME_PLACEHOLDER = '__name__'

/** The title of a dataset or label page. */
export const TITLE_PLACEHOLDER = '__title__'

/** The HTML of the first paint. */
export const PAINT_PLACEHOLDER = '__first_paint__'

/** The answers for the first paint, as JSON. */
export const ANSWERS_PLACEHOLDER = '__first_answers__'

/** Id of the element that holds them. */
export const ANSWERS_ID = 'first-answers'
