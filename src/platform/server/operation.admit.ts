import { type DocumentNode, type GraphQLError, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Documents } from '../documents/index.ts';
import { refusal, shapeError } from './answer.errors.ts';
import type { Params } from './graphql.params.ts';
import type { Asked, OperationKind } from './operation.asked.ts';
import type { ServerOptions } from './server.options.ts';

/** A valid operation that may come this way. */
export interface Admitted {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly kind: OperationKind;
  readonly name: string | undefined;
  readonly params: Params;
  readonly errors?: undefined;
}
/** Why it may not be executed, as the client may see it; `kind` and `name` are there where its document is sound. */
export interface Refused {
  readonly errors: readonly GraphQLError[];
  readonly kind?: OperationKind;
  readonly name?: string | undefined;
}

/** Prepares an operation: its document under the limits, the one operation of it that is meant, and whether it may come this way. */
export function admit(
  { surfaces, mayIntrospect }: Pick<ServerOptions, 'surfaces' | 'mayIntrospect'>,
  documents: Documents,
  asked: Asked,
  params: Params,
): Admitted | Refused {
  const { surface } = asked.caller;
  const refused = (errors: readonly unknown[]): Refused => ({ errors: errors.map((error) => shapeError(error, asked.shaping, true)) });
  const text = documents.textOf(params);
  if (typeof text !== 'string') return refused([text]);
  const prepared = documents.prepare(surface, text, { mayIntrospect: mayIntrospect(asked.caller) });
  if (prepared.errors) return refused(prepared.errors);
  const { document } = prepared;
  const operation = getOperationAST(document, params.operationName);
  if (!operation) return refused([unnamed(params.operationName)]);
  const facts = { kind: operation.operation as OperationKind, name: operation.name?.value };
  const objection = asked.objection?.(facts.kind);
  if (objection) return { ...facts, ...refused([objection]) };
  return { ...facts, schema: surfaces[surface]!, document, operation, params };
}

const unnamed = (name: string | null | undefined): GraphQLError =>
  refusal(
    'BAD_REQUEST',
    name
      ? { en: 'The document has no operation of that name.', 'zh-CN': '文档中没有这个名称的操作。' }
      : {
          en: 'The document has several operations: name one in "operationName".',
          'zh-CN': '文档中有多个操作：请在“operationName”中指定一个。',
        },
  );
