/** Keeps the values used last, bounded in number and in the characters of their keys together. */
export interface Memory<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  has(key: string): boolean;
  readonly size: number;
}

export function createMemory<Value>(bounds: { documents: number; characters: number }): Memory<Value> {
  const values = new Map<string, Value>();
  let characters = 0;
  const forget = (key: string): void => {
    if (values.delete(key)) characters -= key.length;
  };
  return {
    get size() {
      return values.size;
    },
    has: (key) => values.has(key),
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      // A Map remembers the order of insertion: what was used goes to the end, what was not is at the front.
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      forget(key);
      values.set(key, value);
      characters += key.length;
      for (const oldest of values.keys()) {
        if (values.size <= bounds.documents && characters <= bounds.characters) break;
        forget(oldest);
      }
    },
  };
}
