import { describe, expect, it } from 'vitest';
import { GRAPHIQL_CLIENT } from '../../../src/platform/http/graphiql-page.client.ts';

interface Client {
  guichetKind(params: { query: string; operationName?: string }): string | undefined;
  guichetParams(params: { query: string; operationName?: string }): { operationName?: string };
}

const client = new Function('location', 'window', 'localStorage', `${GRAPHIQL_CLIENT}; return { guichetKind, guichetParams };`)(
  { origin: 'http://here' },
  {},
  {},
) as Client;

describe('the script of the GraphiQL page', () => {
  it.each([
    ['{ me }', undefined, 'query'],
    ['subscription T { ticks }', 'T', 'subscription'],
    ['mutation { note }', undefined, 'mutation'],
    ['# subscription\nquery Me($a: X = {b: "}"}) @d { me(x: "{") { y } } fragment F on Q { z }', 'Me', 'query'],
    ['query Me { me } subscription S { t }', 'S', 'subscription'],
    ['fragment F on Q { query } subscription { ...F }', undefined, 'subscription'],
  ])('sees in the text what is run: %s', (query, operationName, kind) => {
    expect(client.guichetKind({ query, operationName })).toBe(kind);
  });

  it('sends no name of an operation that the text has not', () => {
    expect(client.guichetParams({ query: 'query Me { me }', operationName: 'T' }).operationName).toBeUndefined();
    expect(client.guichetParams({ query: 'query Me { me }', operationName: 'Me' }).operationName).toBe('Me');
  });
});
