import { createHash } from 'node:crypto';
import type { FieldNode, GraphQLField } from 'graphql';
import type { NamedStatement } from '../../database/read-database.ts';
import type { Inputs, Interview } from './interview.ts';
import type { DocumentParts } from './selection.ts';
import { StatementWriter } from './statement-writer.ts';

/** The statement of one root field, with how to find its parameters in a request. */
export interface Statement extends NamedStatement {
  values(inputs: Inputs): unknown[];
}
export interface PlanRequest extends DocumentParts {
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly interview: Interview;
}

/** One root field, one statement: walks the selection and writes SQL that returns the field's JSON as text. */
export function planField(request: PlanRequest): Statement {
  const writer = new StatementWriter(request, request.interview);
  const text = `select ${writer.value(undefined, request.field, request.nodes)} as json`;
  const { binds } = writer.parameters;
  return {
    name: `read_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`,
    text,
    values: (inputs) => binds.map((bind) => bind(inputs)),
  };
}
