/** Cache the text of objects that many rows share, so that it is made once per object. */
export function onceEach<Key extends object, Text>(textOf: (key: Key) => Text): (key: Key) => Text {
  const made = new WeakMap<Key, Text>()
  return key => {
    const known = made.get(key)
    if (known !== undefined) return known
    const text = textOf(key)
    made.set(key, text)
    return text
  }
}
