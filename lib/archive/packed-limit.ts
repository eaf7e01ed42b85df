/** Maximum packed size of `bytes` deflated bytes, however badly they are packed; a larger size is wrong. */
export const packedLimit = (bytes: number): number => bytes + bytes / 8 + 1024
