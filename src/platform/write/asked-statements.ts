import { createHash } from 'node:crypto';
import { type Inputs, Interview, PlanTree } from '../read/interview.ts';
import type { Statement } from '../read/planner.ts';
import { Parameters } from '../sql/parameters.ts';
import type { Sql } from '../sql/sql.ts';

/** A statement prepared under its name: planning it costs several times what running it does. */
export interface AskedStatement extends Statement {
  readonly name: string;
}

/** Statements that use cases and subscriptions ask about roles with, each written once for the answers that its text hangs on. */
export class AskedStatements {
  readonly #plans = new Map<string, PlanTree<AskedStatement>>();

  /**
   * @param key what is asked. @param write the text, from what the interview answers. @param me the seat in the statement; by default a parameter.
   */
  of(key: string, inputs: Inputs, write: (interview: Interview, parameters: Parameters) => string, me?: Sql): AskedStatement {
    const tree = this.#plans.get(key) ?? new PlanTree<AskedStatement>();
    this.#plans.set(key, tree);
    const known = tree.find(inputs);
    if (known) return known;
    const interview = new Interview(inputs);
    const parameters = new Parameters(me);
    const text = write(interview, parameters);
    const { binds } = parameters;
    const name = `ask_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
    return tree.add(interview, { name, text, values: (given) => binds.map((bind) => bind(given)) });
  }
}
