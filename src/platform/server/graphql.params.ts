import type { GraphQLError } from 'graphql';
import { idOf } from '../documents/index.ts';
import type { Text } from '../language/language.ts';
import { refusal } from './answer.errors.ts';

/** A GraphQL request as the GraphQL-over-HTTP specification has it; the same on sockets. */
export interface Params {
  /** Empty where the document is named instead. */
  query: string;
  /** Id of a document that the server knows. */
  documentId?: string | undefined;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  extensions?: Record<string, unknown> | null;
}

type Read = { params: Params; fault?: undefined } | { params?: undefined; fault: GraphQLError };

/** Reads the body of a POST. */
export function paramsOfBody(text: string): Read {
  const value = jsonOf(text);
  return value === undefined ? bad({ en: 'The body is not JSON.', 'zh-CN': '请求正文不是 JSON。' }) : paramsOf(value);
}

/** Reads the search of a GET. */
export function paramsOfSearch(search: URLSearchParams): Read {
  const given: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'documentId']) given[name] = search.get(name) ?? undefined;
  for (const name of ['variables', 'extensions']) {
    const text = search.get(name);
    if (!text) continue;
    given[name] = jsonOf(text);
    if (given[name] === undefined) return bad({ en: `The parameter "${name}" is not JSON.`, 'zh-CN': `参数“${name}”不是 JSON。` });
  }
  return paramsOf(given);
}

/** Checks the parts of a request; unknown ones are ignored, as the specification asks. */
export function paramsOf(value: unknown): Read {
  if (Array.isArray(value))
    return bad({ en: 'Batches are not taken: send one operation a request.', 'zh-CN': '不接受批量请求：每个请求只发送一个操作。' });
  if (!isRecord(value)) return bad({ en: 'The request is not a JSON object.', 'zh-CN': '请求不是 JSON 对象。' });
  const { query = '', operationName, variables, extensions, documentId } = value;
  if (documentId != null && typeof documentId !== 'string')
    return bad({ en: '"documentId" must be a text.', 'zh-CN': '“documentId”必须是文本。' });
  const isNamed = idOf({ documentId: documentId || undefined, extensions: isRecord(extensions) ? extensions : null }) !== undefined;
  if (typeof query !== 'string' || (query === '' && !isNamed))
    return bad({ en: '"query" must be a text that is not empty.', 'zh-CN': '“query”必须是非空文本。' });
  if (operationName != null && typeof operationName !== 'string')
    return bad({ en: '"operationName" must be a text.', 'zh-CN': '“operationName”必须是文本。' });
  if (variables != null && !isRecord(variables)) return bad({ en: '"variables" must be an object.', 'zh-CN': '“variables”必须是对象。' });
  if (extensions != null && !isRecord(extensions))
    return bad({ en: '"extensions" must be an object.', 'zh-CN': '“extensions”必须是对象。' });
  const named = documentId ? { documentId } : undefined;
  return { params: { query, ...named, operationName: operationName || undefined, variables, extensions } }; // an empty name is none
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const bad = (message: Text): Read => ({ fault: refusal('BAD_REQUEST', message) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
