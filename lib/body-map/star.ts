/** Path of a six-armed star of 8 px about (4, 4): the organ's lesions are annotated. */
export const STAR = 'M4 .5V7.5M1 2.2L7 5.8M7 2.2L1 5.8'
