// Remembers what was read of an object for as long as the object lives.

/**
 * The same function, which reads each object once and gives the same result for it from then on, for as long as the object
 * lives. `read` must be pure, and what it reads must not change afterwards.
 */
export function memoised<Key extends object, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: read(key) };
      known.set(key, found);
    }
    return found.value;
  };
}

const readings = new WeakMap<object, WeakMap<object, { readonly value: unknown }>>();

/** What `read` makes of an object: made the first time, and remembered from then on. The rules are those of {@link memoised}. */
export function readOnce<Key extends object, Value>(read: (key: Key) => Value, key: Key): Value {
  let known = readings.get(read);
  if (known === undefined) {
    known = new WeakMap();
    readings.set(read, known);
  }
  const found = known.get(key);
  // Only what `read` gave is ever stored for it: its shape is not checked a second time.
  const given = (stored: { readonly value: unknown } | undefined): stored is { readonly value: Value } =>
    stored !== undefined;
  if (given(found)) return found.value;
  const value = read(key);
  known.set(key, { value });
  return value;
}
