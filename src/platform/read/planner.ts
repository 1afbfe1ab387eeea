import type { FieldNode, GraphQLField } from 'graphql';
import type { Bind } from '../sql/parameters.ts';
import type { Sql } from '../sql/sql.ts';
import { storable } from '../sql/storable.ts';
import { asOfSql } from './as-of.ts';
import { crowdSql } from './crowd.ts';
import { readOf } from './entity.ts';
import type { Inputs, Interview } from './interview.ts';
import type { DocumentParts } from './selection.ts';
import { type Site, StatementWriter } from './statement-writer.ts';

/** A statement with how to find its parameters in a request. */
export interface Statement {
  readonly text: string;
  values(inputs: Inputs): unknown[];
}
/** The statement of one root field. */
export interface FieldStatement extends Statement {
  /** Objects that it may read, from page sizes multiplied down the tree. */
  readonly rows: number;
  /** The field, as traces call it. */
  readonly name: string;
  /** What the numbers of marks of refusal stand for. */
  readonly sites: readonly Site[];
  /** Plugins whose fields are among what it reads. */
  readonly plugins: ReadonlySet<string>;
}
export interface PlanRequest extends DocumentParts {
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly interview: Interview;
  /** The text is the answer itself: it tells no types to an executor, and its marks of refusal are numbered. */
  readonly straight: boolean;
  /** The statement tells each seat of a crowd what its text is. */
  readonly crowd: boolean;
}

/** One root field, one statement: walks the selection and writes SQL that returns the field's JSON as text. */
export function planField(request: PlanRequest): FieldStatement {
  const writer = new StatementWriter(request, request.interview, request);
  const value = writer.value(undefined, request.field, request.nodes);
  const statement = request.crowd ? crowdSql(value, crowdOf(writer).text) : `select ${value} as json`;
  const written = `${asOf(request, writer)}${statement}`;
  const { text, binds } = withoutUnused(written, writer.parameters.binds);
  return {
    text,
    rows: writer.rows,
    name: request.field.name,
    sites: writer.sites,
    plugins: writer.plugins,
    values: (inputs) => binds.map((bind) => storable(bind(inputs))),
  };
}

function asOf({ field, interview }: PlanRequest, { parameters }: StatementWriter): string {
  const read = readOf(field);
  return read?.reads === 'row' && read.asOf ? asOfSql(read.asOf, read.entity(), interview, parameters) : '';
}

const crowdOf = ({ parameters }: StatementWriter): Sql => parameters.use('crowd', 'uuid[]', ({ crowd }) => crowd);

/** Parameters are made before it is known whether what they stand in is written; PostgreSQL refuses those that the text does not name. */
function withoutUnused(written: string, all: readonly Bind[]): { text: string; binds: readonly Bind[] } {
  const used = [...new Set(Array.from(written.matchAll(/\$(\d+)/g), ([, number]) => Number(number)))];
  const text = written.replaceAll(/\$(\d+)/g, (_, number) => `$${used.indexOf(Number(number)) + 1}`);
  return { text, binds: used.map((number) => all[number - 1]!) };
}
