import { isRaw } from '@mikro-orm/core';
import type { PostgreSqlPlatform } from '@mikro-orm/postgresql';

const MOST_TEXTS = 2_000;
const texts = new Map<string, string>();

/** MikroORM's text with `?` in the places of values, as PostgreSQL takes it. */
export function bound(
  query: string,
  params: readonly unknown[],
  platform: PostgreSqlPlatform,
): { readonly text: string; readonly values: readonly unknown[] } {
  if (params.every((param) => !isRaw(param)) && !query.includes('??')) {
    let text = texts.get(query);
    if (text === undefined) {
      if (texts.size >= MOST_TEXTS) texts.clear();
      let at = 0;
      text = query.replaceAll(/\\\?|\?/g, (found) => (found === '?' ? `$${++at}` : '?'));
      texts.set(query, text);
    }
    return { text, values: params };
  }
  const values: unknown[] = [];
  const write = (sql: string, given: readonly unknown[]): string => {
    let at = 0;
    return sql.replaceAll(/\\\?|\?\??/g, (found) => {
      if (found === '\\?') return '?';
      const value = given[at++];
      if (found === '??') return platform.quoteIdentifier(value as string);
      if (isRaw(value)) return write(value.sql, value.params);
      values.push(value);
      return `$${values.length}`;
    });
  };
  return { text: write(query, params), values };
}
