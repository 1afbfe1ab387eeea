import type { Socket } from 'node:net';
import pg from 'pg';
import { ConstantError } from '../log/constant.error.ts';

/** The statement was not carried out, because one that was sent before it failed. */
export class NotCarriedOutError extends ConstantError {
  constructor() {
    super('A statement before this one failed.');
  }
}

export interface Statement {
  /** Prepared under it; undefined: planned for this once. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Rows are lists of what PostgreSQL sent, not objects of what that stands for. */
  readonly asTexts?: boolean;
}
export interface Answer<Row> {
  readonly rows: Row[];
  /** Rows that were read or written; null for statements that do neither. */
  readonly rowCount: number | null;
}

/** The part of the driver's connection that speaks the extended query protocol. What was parsed is noted by the driver. */
interface Wire {
  readonly stream: Pick<Socket, 'cork' | 'uncork'>;
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void;
  describe(what: { type: 'P'; name: string }): void;
  execute(portal: object): void;
  sync(): void;
}
interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}
/** The columns of a statement's rows. */
type Shape = readonly { readonly name: string; parse(text: string): unknown }[];
type Texts = readonly (string | null)[];
interface Asked extends Statement {
  readonly rows: unknown[];
  rowCount: number | null;
  shape: Shape | undefined;
  resolve(answer: Answer<unknown>): void;
  reject(error: unknown): void;
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;
/** Shapes of prepared statements. In a session that of a name never changes, so it is told the first time only. */
const shapes = new WeakMap<Wire, Map<string, Shape>>();

/**
 * Statements that leave together and are answered together: one round of messages for all of them, where each would cost both sides one.
 * They are carried out in order, each seeing what those before it did; after one that fails, none is.
 */
export class Exchange implements pg.Submittable {
  readonly #asked: Asked[] = [];
  #at = 0;

  /** @returns what the statement gave. @throws NotCarriedOutError where one before it failed, or its own error. */
  add<Row>(statement: Statement): Promise<Answer<Row>> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ ...statement, rows: [], rowCount: null, shape: undefined, resolve: resolve as Asked['resolve'], reject });
    });
  }
  /** All that is sent. */
  get sent(): readonly Statement[] {
    return this.#asked;
  }
  /** The statement that is being answered, by which the driver notes what is parsed. */
  get name(): string | undefined {
    return this.#asked[this.#at]?.name;
  }
  get text(): string | undefined {
    return this.#asked[this.#at]?.text;
  }

  submit(connection: unknown): undefined {
    const wire = connection as Wire;
    const known = shapesOf(wire);
    wire.stream.cork(); // each message by itself would cost a system call, and wake PostgreSQL
    for (const [i, asked] of this.#asked.entries()) {
      try {
        carryOut(wire, asked, known);
      } catch (error) {
        asked.reject(error); // a value that cannot be written
        this.#drop(i, wire);
        break;
      }
    }
    wire.sync();
    wire.stream.uncork();
  }
  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#asked[this.#at]!.shape = fields.map(({ name, dataTypeID }) => ({ name, parse: pg.types.getTypeParser(dataTypeID, 'text') }));
  }
  handleDataRow({ fields }: { readonly fields: Texts }): void {
    const { asTexts, shape, rows } = this.#asked[this.#at]!;
    rows.push(asTexts ? fields : rowOf(shape!, fields));
  }
  handleCommandComplete({ text }: { readonly text: string }, wire: Wire): void {
    const asked = this.#asked[this.#at++]!;
    const count = Number(text.slice(text.lastIndexOf(' ') + 1));
    if (!Number.isNaN(count)) asked.rowCount = count;
    if (asked.name && !asked.asTexts) shapesOf(wire).set(asked.name, asked.shape ?? []);
  }
  handleReadyForQuery(): void {
    this.#answer();
  }
  handleError(error: Error, wire?: Wire): void {
    this.#answer();
    this.#asked[this.#at]?.reject(error);
    this.#drop(this.#at, wire);
  }

  #answer(): void {
    for (const asked of this.#asked.slice(0, this.#at)) asked.resolve(asked);
  }
  /** What was sent behind a statement that failed is passed over, so nothing of it is parsed either. */
  #drop(failed: number, wire?: Wire): void {
    for (const { name, reject } of this.#asked.splice(failed).slice(1)) {
      if (name && wire) delete wire.submittedNamedStatements[name];
      reject(new NotCarriedOutError());
    }
  }
}

function shapesOf(wire: Wire): Map<string, Shape> {
  let known = shapes.get(wire);
  if (!known) {
    known = new Map();
    shapes.set(wire, known);
  }
  return known;
}

/** @throws where a value cannot be written. */
function carryOut(wire: Wire, asked: Asked, known: ReadonlyMap<string, Shape>): void {
  const { name = '', text, values = [] } = asked;
  const parsed = name && (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
  if (parsed && parsed !== text) throw new Error(`Two statements are called ${name}.`);
  if (!parsed) wire.parse({ name, text });
  if (!parsed && name) wire.submittedNamedStatements[name] = text;
  wire.bind({ statement: name, values, valueMapper: prepareValue });
  asked.shape = known.get(name);
  if (!asked.shape && !asked.asTexts) wire.describe({ type: 'P', name: '' });
  wire.execute({});
}

function rowOf(shape: Shape, texts: Texts): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [i, { name, parse }] of shape.entries()) {
    const text = texts[i]!;
    row[name] = text === null ? null : parse(text);
  }
  return row;
}
