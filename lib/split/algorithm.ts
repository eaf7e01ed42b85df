/**
 * Name of the algorithm of `assignUnits`, for recipes and reports. A different algorithm must get a different name.
 */
export const ALGORITHM = 'stratified-draw-1'
