import type { GraphQLError } from 'graphql';
import { refusal } from './answer.errors.ts';

/** A GraphQL request as the GraphQL-over-HTTP specification has it; the same on sockets. */
export interface Params {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
}

/** How deep variables may be nested: graphql reads them by recursion, and so does whoever compares or writes them. */
const MOST_LEVELS = 64;

type Read = { params: Params; fault?: undefined } | { params?: undefined; fault: GraphQLError };

/** Reads the body of a POST. */
export function paramsOfBody(text: string): Read {
  const value = jsonOf(text);
  return value === undefined ? bad('The body is not JSON.') : paramsOf(value);
}

/** Reads the search of a GET. */
export function paramsOfSearch(search: URLSearchParams): Read {
  const given: Record<string, unknown> = {};
  for (const name of ['query', 'operationName']) given[name] = search.get(name) ?? undefined;
  for (const name of ['variables', 'extensions']) {
    const text = search.get(name);
    if (!text) continue;
    given[name] = jsonOf(text);
    if (given[name] === undefined) return bad(`The parameter "${name}" is not JSON.`);
  }
  return paramsOf(given);
}

/** Checks the parts of a request; unknown ones are ignored, as the specification asks. */
export function paramsOf(value: unknown): Read {
  if (Array.isArray(value)) return bad('Batches are not taken: send one operation a request.');
  if (!isRecord(value)) return bad('The request is not a JSON object.');
  const { query, operationName, variables, extensions } = value;
  if (typeof query !== 'string' || query === '') return bad('"query" must be a text that is not empty.');
  if (operationName != null && typeof operationName !== 'string') return bad('"operationName" must be a text.');
  if (variables != null && !isRecord(variables)) return bad('"variables" must be an object.');
  if (isDeeper(variables, MOST_LEVELS)) return bad(`"variables" are nested more than ${MOST_LEVELS} deep.`);
  if (extensions != null && !isRecord(extensions)) return bad('"extensions" must be an object.');
  return { params: { query, operationName, variables, extensions } };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

const bad = (message: string): Read => ({ fault: refusal('BAD_REQUEST', message) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
