import { type DocumentNode, GraphQLError, type GraphQLSchema, MaxIntrospectionDepthRule, parse, specifiedRules, validate } from 'graphql';
import { toldError } from '../schema/told-error.ts';
import { type DocumentLimits, defaultDocumentLimits } from './document.limits.ts';
import { measureOperations } from './document.measure.ts';
import { createMemory } from './document.memory.ts';
import { tokenFault } from './document.tokens.ts';
import { limitExceeded, limitFaults } from './document.verdict.ts';
import { type DocumentParams, NONE_PERSISTED, type Persisted, persistedDocuments } from './persisted.documents.ts';

/** A document that may be executed, or why it may not: errors with `extensions.code`, at most `limits.errors` of them. */
export type Prepared = { document: DocumentNode; errors?: undefined } | { document?: undefined; errors: readonly GraphQLError[] };

export interface Documents {
  /**
   * Parses, measures and validates a document, once for each text that is valid.
   * @param surface the name of the schema
   * @param asker who may not introspect gets no `__schema`, no `__type` and no names in suggestions
   * @returns never throws, whatever the text
   */
  prepare(surface: string, text: string, asker: { mayIntrospect: boolean }): Prepared;
  /** The text of a request's document, which may be named instead of sent; or why there is none. */
  textOf(params: DocumentParams): string | GraphQLError;
  /** Whether a valid document of this text is remembered. */
  knows(surface: string, text: string): boolean;
  readonly remembered: number;
  /** How often a document was known, had to be examined, and was refused, since the start. */
  readonly counts: Readonly<Record<'known' | 'examined' | 'refused', number>>;
}

/** The documents of some schemas under the limits of targets 2; HTTP and sockets share one. */
export function createDocuments(
  surfaces: Record<string, GraphQLSchema>,
  limits: DocumentLimits = defaultDocumentLimits,
  persisted: Persisted = NONE_PERSISTED,
): Documents {
  const known = createMemory<Known>(limits.remembered);
  const counts = { known: 0, examined: 0, refused: 0 };
  return {
    counts,
    get remembered() {
      return known.size;
    },
    textOf: persistedDocuments(persisted, limits.bytes),
    knows: (surface, text) => known.has(keyOf(surface, text)),
    prepare(surface, text, { mayIntrospect }) {
      const key = keyOf(surface, text);
      let found = known.get(key);
      if (found) counts.known++;
      else {
        const fresh = examine(schemaOf(surfaces, surface), text, mayIntrospect, limits);
        if (fresh.errors) {
          counts.refused++;
          return { errors: fresh.errors.slice(0, limits.errors) };
        }
        counts.examined++;
        known.set(key, fresh);
        found = fresh;
      }
      return found.introspects && !mayIntrospect ? { errors: [introspectionRefused()] } : { document: found.document };
    },
  };
}

const keyOf = (surface: string, text: string): string => `${surface}\n${text}`;

type Known = { document: DocumentNode; introspects: boolean; errors?: undefined };

function examine(schema: GraphQLSchema, text: string, mayIntrospect: boolean, limits: DocumentLimits): Known | { errors: GraphQLError[] } {
  if (Buffer.byteLength(text) > limits.bytes)
    return {
      errors: [limitExceeded({ en: `The document is longer than ${limits.bytes} bytes.`, 'zh-CN': `文档超过 ${limits.bytes} 字节。` })],
    };
  const document = parsed(text, limits.tokens);
  if (document instanceof GraphQLError) return { errors: [document] };
  const operations = measureOperations(document);
  const faults = operations.flatMap(({ operation, measure }) => limitFaults(operation, measure, limits));
  if (faults.length) return { errors: faults };
  const introspects = operations.some(({ measure }) => measure.introspectionDepth > 0);
  // Before validation: its messages would confirm the names of what is asked about.
  if (introspects && !mayIntrospect) return { errors: [introspectionRefused()] };
  const errors = validationFaults(schema, { document, introspects }, mayIntrospect, limits);
  return errors.length ? { errors } : { document, introspects };
}

function parsed(text: string, tokens: number): DocumentNode | GraphQLError {
  const fault = tokenFault(text, tokens);
  if (fault) return fault;
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return coded(error, 'BAD_REQUEST', error.message);
  }
}

const ordinaryRules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);

function validationFaults(
  schema: GraphQLSchema,
  known: Omit<Known, 'errors'>,
  mayIntrospect: boolean,
  limits: DocumentLimits,
): GraphQLError[] {
  const options = { maxErrors: limits.errors, hideSuggestions: !mayIntrospect };
  const tooDeep = known.introspects ? validate(schema, known.document, [MaxIntrospectionDepthRule], options) : [];
  if (tooDeep.length) return tooDeep.map((error) => coded(error, 'LIMIT_EXCEEDED', error.message));
  return validate(schema, known.document, ordinaryRules, options).map((error) => {
    // graphql's own meter, run out by very many fields of one name that must be compared with each other.
    if (error.message === 'Validation aborted.')
      return limitExceeded({
        en: 'The document has too many fields that must be compared with each other.',
        'zh-CN': '文档中需要相互比较的字段过多。',
      });
    return coded(error, 'BAD_REQUEST', mayIntrospect ? error.message : withoutSuggestions(error.message));
  });
}

/** Some rules suggest names whether or not they were told to hide them. */
export const withoutSuggestions = (message: string): string => message.replace(/ ?Did you mean [^?]{0,500}\?/g, '');

function coded(error: GraphQLError, code: string, message: string): GraphQLError {
  return new GraphQLError(message, { nodes: error.nodes, source: error.source, positions: error.positions, extensions: { code } });
}

const introspectionRefused = (): GraphQLError =>
  toldError('FORBIDDEN', { en: 'Introspection is for signed-in employees.', 'zh-CN': '只有已登录的员工可以内省。' });

function schemaOf(surfaces: Record<string, GraphQLSchema>, surface: string): GraphQLSchema {
  const schema = Object.hasOwn(surfaces, surface) ? surfaces[surface] : undefined;
  if (!schema) throw new Error(`There is no schema named "${surface}".`);
  return schema;
}
