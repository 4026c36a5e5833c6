// Remembers what was made of a text, where the same few texts come again and again.

/** Characters of a text that is remembered, at most: longer ones rarely come twice. */
const longest = 300;

/**
 * The same function of a text, which makes its result once for each text among the last ones. `make` must be pure, and its result
 * must not be changed: a remembered one is then as good as a new one.
 *
 * @param most texts that are remembered at once
 */
export function remembered<Value>(make: (text: string) => Value, most = 2_000): (text: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = make(text);
    if (text.length > longest) return value;
    if (known.size >= most) known.clear();
    known.set(text, { value });
    return value;
  };
}
