import pg from 'pg';
import { ORGANIZATION_SETTING } from './table-ddl.ts';

/** A statement that gives one row of one text. */
export interface ReadStatement {
  /** Prepared under it; undefined: planned for this once. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}
/** What a statement gave, or why it failed; undefined where one before it failed and it was not carried out. */
export type ReadResult = PromiseSettledResult<string> | undefined;

/** The part of the driver's connection that speaks the extended query protocol. */
interface Wire {
  parse(query: { name: string; text: string }): void;
  bind(portal: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void;
  execute(portal: object): void;
  sync(): void;
}

export const BEGIN_SNAPSHOT = { name: 'begin_snapshot', text: 'begin isolation level repeatable read read only', values: [] };
export const COMMIT = { name: 'commit', text: 'commit', values: [] };
/** Makes a transaction that of an organization, for row level security. */
export const enterOrganization = (organization: string): ReadStatement & { readonly name: string } => ({
  name: 'enter_organization',
  text: `select set_config('${ORGANIZATION_SETTING}', $1, true)`,
  values: [organization],
});
/** Begin and the organization's setting. */
const BEFORE = 2;

const prepared = new WeakMap<Wire, Set<string>>();
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

/**
 * Reads in one snapshot of one organization, in one exchange with the database: begin, statements and commit are sent together and answered
 * together. As queries of their own each would cost both sides a round of messages, which for small reads is the most of it.
 */
export class SnapshotRead implements pg.Submittable {
  readonly results: Promise<readonly ReadResult[]>;
  readonly #statements: readonly ReadStatement[];
  /** All that is sent, from begin to commit. */
  readonly sent: readonly ReadStatement[];
  readonly #texts: string[] = [];
  #at = 0;
  #resolve!: (results: readonly ReadResult[]) => void;
  #reject!: (error: Error) => void;

  constructor(organization: string, statements: readonly ReadStatement[]) {
    this.#statements = statements;
    this.sent = [BEGIN_SNAPSHOT, enterOrganization(organization), ...statements, COMMIT];
    this.results = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: unknown): null {
    const wire = connection as Wire;
    for (const statement of this.sent) carryOut(wire, statement);
    wire.sync();
    return null;
  }
  handleDataRow({ fields }: { readonly fields: readonly string[] }): void {
    this.#texts[this.#at - BEFORE] = fields[0]!;
  }
  handleCommandComplete(): void {
    this.#at += 1;
  }
  handleReadyForQuery(): void {
    this.#resolve(this.#statements.map((_, i) => ({ status: 'fulfilled', value: this.#texts[i]! })));
  }
  /** The connection is of no use any more: the snapshot is still open, and what was prepared in it is not known. */
  handleError(reason: Error): void {
    const failed = this.#at - BEFORE;
    if (failed < 0 || failed >= this.#statements.length) return void this.#reject(reason);
    const given = (i: number): ReadResult =>
      i === failed ? { status: 'rejected', reason } : i < failed ? { status: 'fulfilled', value: this.#texts[i]! } : undefined;
    this.#resolve(this.#statements.map((_, i) => given(i)));
  }
}

function carryOut(wire: Wire, { name = '', text, values }: ReadStatement): void {
  let names = prepared.get(wire);
  if (!names) {
    names = new Set();
    prepared.set(wire, names);
  }
  const statement = name && `read ${name}`;
  if (!statement || !names.has(statement)) wire.parse({ name: statement, text });
  if (statement) names.add(statement);
  wire.bind({ statement, values, valueMapper: prepareValue });
  wire.execute({});
}
