import { type DocumentNode, execute, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { CommandError } from '../command.errors.ts';
import { requestContext, type SignedIn } from '../context.ts';
import type { Runtime } from '../runtime.ts';
import { type AskedRule, askedRules } from './asked-rules.ts';
import { recorded } from './recorded-reads.ts';
import { explained, type PlanNode } from './statement-plan.ts';

/** One statement that answered a query, with its plan as it was carried out. */
export interface ExplainedStatement {
  /** The root field, as the document calls it. */
  readonly field: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly plan: PlanNode;
  readonly milliseconds: number;
}
/** How a query is answered for one seat. */
export interface ExplainedQuery {
  readonly surface: 'staff' | 'portal';
  readonly seat: { readonly kind: string; readonly id: string; readonly organization: string; readonly rights: readonly string[] };
  readonly rules: readonly AskedRule[];
  readonly statements: readonly ExplainedStatement[];
  readonly errors: readonly { readonly path: string; readonly code: string; readonly rule: string | undefined }[];
}

/**
 * Answers a query as a seat would be answered, and tells how: the statements with their plans, the rules that were asked, what was refused.
 * @throws CommandError where the document is wrong, is no query, or the session has no seat.
 */
export async function explainQuery(
  runtime: Runtime,
  signedIn: SignedIn,
  given: { readonly document: string; readonly variables: Readonly<Record<string, unknown>> },
): Promise<ExplainedQuery> {
  const { seat } = signedIn;
  if (!seat) throw new CommandError('Who signed in has no seat: there is nothing to be read.');
  const surface = seat.kind === 'EMPLOYEE' ? 'staff' : 'portal';
  const schema = runtime.schemas[surface];
  const document = soundQuery(schema, given.document);
  const record = recorded(runtime.reads);
  const context = requestContext(
    {
      ...runtime,
      reads: record.reads,
      reportFault: () => undefined,
      forget: () => undefined,
      follow: () => Promise.reject(new Error('A query follows nothing.')),
    },
    { signedIn, language: 'en', address: '' },
  );
  const { errors = [] } = await execute({ schema, document, variableValues: given.variables, contextValue: context });
  const statements: ExplainedStatement[] = [];
  for (const bound of record.take()) {
    const { plan, execution } = await explained(runtime.pools.requests, seat.organizationId, bound);
    statements.push({ field: bound.statement.name, text: bound.statement.text, values: bound.values, plan, milliseconds: execution });
  }
  return {
    surface,
    seat: { kind: seat.kind, id: seat.id, organization: seat.organizationId, rights: [...seat.rights.keys()] },
    rules: askedRules(schema, document),
    statements,
    errors: errors.map(({ path = [], extensions }) => ({
      path: path.join('.'),
      code: String(extensions.code ?? 'INTERNAL'),
      rule: extensions.rule as string | undefined,
    })),
  };
}

function soundQuery(schema: GraphQLSchema, text: string): DocumentNode {
  const document = parsed(text);
  const [fault] = validate(schema, document, undefined, { maxErrors: 1 });
  if (fault) throw new CommandError(`The document does not fit what this seat is shown: ${fault.message}`);
  if (getOperationAST(document)?.operation !== 'query')
    throw new CommandError('Only a query can be explained, and one at a time: a mutation would be carried out.');
  return document;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw new CommandError(`The document cannot be read: ${(error as Error).message}`);
  }
}
