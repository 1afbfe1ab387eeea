import { appendFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type ExecutionResult, execute, print } from 'graphql';
import type { ServerOptions } from '../platform/server/index.ts';

type AnswerStraight = NonNullable<ServerOptions['answerStraight']>;
type Question = Parameters<AnswerStraight>[0];

/** What is noted of a query that was answered both ways. */
export interface BothWays {
  readonly document: string;
  readonly variables: unknown;
  /** Undefined where both are the same. */
  readonly difference?: { readonly straight: unknown; readonly executed: unknown };
}
/** Data may change between the two: a difference that stays is one. */
const MOST_TRIES = 5;

/**
 * Answers each query that needs no executor by the executor as well.
 * @param file gets a line of JSON for each of them (`BothWays`).
 */
export const bothWays =
  (answer: AnswerStraight, file: string): AnswerStraight =>
  async (question) => {
    const straight = await answer(question);
    if (straight) appendFileSync(file, `${JSON.stringify(await compared(answer, question))}\n`);
    return straight;
  };

async function compared(answer: AnswerStraight, question: Question): Promise<BothWays> {
  const asked = { document: print(question.document), variables: question.given };
  let difference: BothWays['difference'];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [straight, executed] = [await answer(question), await executedOf(question)];
    if (!straight) continue; // what is asked of somebody who is not there any more
    difference = { straight: plain(straight.result ?? JSON.parse(straight.text)), executed: plain(executed) };
    if (isDeepStrictEqual(difference.straight, difference.executed)) return asked;
  }
  return { ...asked, difference };
}

const executedOf = ({ schema, document, operation, given, context }: Question): Promise<ExecutionResult> | ExecutionResult =>
  execute({ schema, document, operationName: operation.name?.value, variableValues: given ?? undefined, contextValue: context });

/** As a client sees it, but for what tells one request from another; the order of errors means nothing. */
function plain({ data, errors = [] }: ExecutionResult): unknown {
  const told = errors.map(({ message, path, extensions }) => ({ message, path, code: extensions.code }));
  return JSON.parse(JSON.stringify({ data, errors: told.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) }));
}
