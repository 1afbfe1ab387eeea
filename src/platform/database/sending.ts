import pg from 'pg';
import { pluginUnderWay } from '../plugin-call/plugin-call.ts';
import { type Answer, Exchange, NotCarriedOutError, type Statement } from './exchange.ts';
import { strayFault } from './ordinary-statement.ts';
import { OvertakenError } from './overtaken.error.ts';
import { StatementNames } from './statement-names.ts';
import { isBound } from './transaction-bounds.ts';
import { fits, joined, MOST_VALUES, type Write } from './write.ts';

/** Statements of use cases come again and again; planning one takes longer than running it. */
const NAMES = new StatementNames(150);
export const prepared = (text: string, values: readonly unknown[]): Statement => ({ name: NAMES.nameOf(text), text, values });

/** What `joined` makes of a row that is not as it was expected. */
const isOvertaken = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '22012';

/**
 * Statements of one transaction. Those that are asked before an answer is waited for leave together (`Exchange`); PostgreSQL carries them out
 * in the order in which they were asked.
 */
export class Sending {
  readonly #client: pg.ClientBase;
  readonly #isOfModules: boolean;
  #sent: Promise<unknown>[] = [];
  #unsent: Write[] = [];
  /** How many values these have. */
  #values = 0;
  #exchange: Exchange | undefined;
  #failure: unknown;
  /** Statements sent so far. */
  count = 0;
  /** Whether code of a plugin has asked one of them. */
  byPlugin = false;
  /** @param isOfModules whether modules send statements as well: those that do more than read and write rows are refused then. */
  constructor(client: pg.ClientBase, isOfModules = false) {
    this.#client = client;
    this.#isOfModules = isOfModules;
  }
  write(write: Write): void {
    if (this.#values + write.values.length > MOST_VALUES || !fits(write, this.#unsent)) this.flush();
    this.#unsent.push(write);
    this.#values += write.values.length;
  }
  /** Asks for what has been gathered, before anything else. */
  flush(): void {
    if (this.#unsent.length === 0) return;
    const { text, values } = joined(this.#unsent);
    const isCertain = this.#unsent.some((write) => write.isCertain);
    this.#unsent = [];
    const asked = this.ask(prepared(text, values));
    this.#sent.push(asked);
    if (isCertain)
      asked.catch((error: unknown) => {
        if (isOvertaken(error) && this.#failure === error) this.#failure = new OvertakenError(error);
      });
  }
  ask<Row>(statement: Statement): Promise<Answer<Row>> {
    const fault = this.#isOfModules && !isBound(statement) ? strayFault(statement.text) : undefined;
    if (fault) return this.#refused(fault);
    this.flush();
    this.count++;
    this.byPlugin ||= pluginUnderWay() !== undefined;
    if (!this.#exchange) {
      this.#exchange = new Exchange();
      queueMicrotask(() => process.nextTick(() => this.leave())); // when all that does not wait has been asked
    }
    const asked = this.#exchange.add<Row>(statement);
    asked.catch((failure: unknown) => {
      this.#failure ??= failure;
    });
    return asked;
  }
  #refused(fault: Error): Promise<never> {
    const refused = Promise.reject(fault);
    refused.catch(() => {}); // whoever waits for it is told, and `settled` tells where nobody does
    return refused;
  }
  /** Asks without waiting. */
  send(statement: Statement): void {
    this.#sent.push(this.ask(statement));
  }
  /** Asks for the one text of one row, without waiting. @returns a promise that is kept once this is settled. */
  sendForText(statement: Statement): Promise<string> {
    const text = this.ask<[string]>({ ...statement, asTexts: true }).then(({ rows }) => rows[0]![0]);
    text.catch(() => {}); // told by `settled`
    this.#sent.push(text);
    return text;
  }
  /** Lets what has been asked go. */
  leave(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (exchange) this.#client.query(exchange);
  }
  /** @throws what the first of them failed with. */
  async settled(): Promise<void> {
    this.flush();
    this.leave();
    const sent = this.#sent;
    this.#sent = [];
    await Promise.all(sent);
  }
  /** Drops what was gathered: it belongs to what failed. */
  forget(): void {
    this.#unsent = [];
    this.#values = 0;
    this.leave();
    this.#sent = [];
  }
  /** The error of the statement that failed first, where the given one only says that the transaction has failed already. */
  causeOf(error: unknown): unknown {
    const isConsequence = error instanceof pg.DatabaseError || error instanceof NotCarriedOutError;
    const cause = isConsequence ? (this.#failure ?? error) : error;
    this.#failure = undefined;
    return cause;
  }
}
