import type { Answer } from '../../../src/testing/test-seat.ts';

/** An answer in a form that does not depend on what the API leaves open: how a cursor is written, and the order of roles and reasons. */
export function comparable({ data, errors }: Pick<Answer<unknown>, 'data' | 'errors'>): object {
  const told = errors.map(({ path, extensions, message }) => `${path?.join('.')}: ${extensions?.code ?? message}`).sort();
  return { data: plain(data), errors: told };
}

const isUnordered = (key: string): boolean => /^viewer(Roles|Access)/.test(key);

function plain(value: unknown): unknown {
  if (typeof value === 'string') return cursorOf(value) ?? value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, of]) => {
      const items = plain(of);
      return [key, isUnordered(key) && Array.isArray(items) ? items.map((item) => JSON.stringify(item)).sort() : items];
    }),
  );
}

function cursorOf(text: string): string | undefined {
  if (!/^W[\w-]{20,}$/.test(text)) return undefined; // a list in JSON begins with a bracket
  try {
    return `cursor ${JSON.stringify((JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]).slice(1))}`;
  } catch {
    return undefined;
  }
}
