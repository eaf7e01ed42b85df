/** Most bytes that deflating `bytes` can make, however badly it is done; more is a lie. */
export const packedLimit = (bytes: number): number => bytes + bytes / 8 + 1024
