/** Name of the way in which `assignUnits` draws, for recipes and reports: another way gets another name. */
export const ALGORITHM = 'stratified-draw-1'
