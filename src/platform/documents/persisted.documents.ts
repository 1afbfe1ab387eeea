import { createHash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { toldError } from '../schema/told-error.ts';
import { createMemory } from './document.memory.ts';

/** Documents that clients name instead of sending them. */
export interface Persisted {
  /** Texts by their ids, such as the hashes that a client's build has written. */
  readonly known: ReadonlyMap<string, string>;
  /** Nothing else is taken: no client asks what nobody has looked at. */
  readonly only: boolean;
  /** Clients may send a text with its hash once, and the hash from then on. */
  readonly automatic: boolean;
}
export const NONE_PERSISTED: Persisted = { known: new Map(), only: false, automatic: false };

/** What a request says of its document: the text, an id, or both. */
export interface DocumentParams {
  readonly query: string;
  readonly documentId?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

const AUTOMATIC = { documents: 1_000, characters: 2_000_000 };

/**
 * @param longest bytes of a document that is remembered; a longer one is refused afterwards, as any other
 * @returns what finds the text of a request's document, or says why there is none.
 */
export function persistedDocuments(
  { known, only, automatic }: Persisted,
  longest: number,
): (params: DocumentParams) => string | GraphQLError {
  const texts = new Set(known.values());
  const sent = createMemory<string>(AUTOMATIC);
  const sentOnce = (id: string, query: string): string | GraphQLError => {
    if (createHash('sha256').update(query).digest('hex') !== id) return wrongHash();
    if (Buffer.byteLength(query) <= longest) sent.set(id, query);
    return query;
  };
  return (params) => {
    const { query } = params;
    const id = idOf(params);
    if (only && query && !texts.has(query)) return notListed();
    if (id === undefined) return query;
    const text = known.get(id) ?? (automatic ? sent.get(id) : undefined);
    if (query && text === undefined && automatic) return sentOnce(id, query);
    if (query) return query; // whoever sends both is understood by the text
    return text ?? (only ? notListed() : notFound());
  };
}

/** @returns undefined where none is named. */
export function idOf({ documentId, extensions }: Omit<DocumentParams, 'query'>): string | undefined {
  const named = extensions?.persistedQuery;
  const hash = typeof named === 'object' && named !== null ? (named as { sha256Hash?: unknown }).sha256Hash : undefined;
  return documentId ?? (typeof hash === 'string' && hash !== '' ? hash : undefined);
}

/** Clients send the text where they read this word. */
const notFound = (): GraphQLError => toldError('BAD_REQUEST', { en: 'PersistedQueryNotFound', 'zh-CN': 'PersistedQueryNotFound' });
const wrongHash = (): GraphQLError =>
  toldError('BAD_REQUEST', {
    en: 'The hash is not that of the document (SHA-256, in hex).',
    'zh-CN': '哈希与文档不符（SHA-256，十六进制）。',
  });
const notListed = (): GraphQLError =>
  toldError('FORBIDDEN', {
    en: 'This server takes only documents that its operator has listed.',
    'zh-CN': '此服务器只接受运营者已列出的文档。',
  });
