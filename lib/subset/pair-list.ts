const FIRST_SIZE = 65_536

/** A growing list of pairs of an image and a key, in 6 bytes each. A pair like the one before it is left out. */
export class PairList {
  private room = { images: new Uint32Array(FIRST_SIZE), keys: new Uint16Array(FIRST_SIZE) }
  private size = 0

  get images(): Uint32Array {
    return this.room.images.subarray(0, this.size)
  }

  get keys(): Uint16Array {
    return this.room.keys.subarray(0, this.size)
  }

  push(image: number, key: number): void {
    const { images, keys } = this.room
    const last = this.size - 1
    if (images[last] === image && keys[last] === key) return
    if (this.size === images.length) this.grow()
    this.room.images[this.size] = image
    this.room.keys[this.size] = key
    this.size++
  }

  private grow(): void {
    const { images, keys } = this.room
    const size = images.length * 2
    this.room = { images: new Uint32Array(size), keys: new Uint16Array(size) }
    this.room.images.set(images)
    this.room.keys.set(keys)
  }
}
