/** The text of an object that many rows share; made once per object. */
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
