import { type ExecutionArgs, type ExecutionResult, execute, subscribe } from 'graphql';
import { Attendance } from '../database/attendance.ts';
import { takeVariables } from '../documents/index.ts';
import { refusal, type Shaping, shapeAnswer, shapeError } from './answer.errors.ts';
import { faultPlace } from './fault.place.ts';
import type { Admitted } from './operation.admit.ts';
import { type Answer, type Asked, isStream, type Stream } from './operation.asked.ts';
import type { ServerOptions } from './server.options.ts';

/** Executes an admitted operation within the time, every error shaped. Never rejects. */
export async function carryOut(options: ServerOptions, asked: Asked, admitted: Admitted): Promise<Answer> {
  const { schema, operation, kind, params } = admitted;
  const refused = (errors: readonly unknown[]): Answer => ({ errors: errors.map((error) => shapeError(error, asked.shaping, true)) });
  try {
    const variables = takeVariables(schema, operation, params.variables);
    if (variables.errors) return refused(variables.errors);
    const shaping = placedIn(admitted, asked.shaping);
    // A mutation is done although its client has gone: who presses a button and leaves has pressed it.
    const facts = kind === 'mutation' ? { ...asked.facts, attendance: new Attendance() } : asked.facts;
    const args = argumentsOf(admitted, options.context(asked.caller, facts), asked.shaping);
    const work = begin(options, admitted, args, variables.values);
    const answer = await withinTime(Promise.resolve(work), options.limits.requestMs, facts.attendance);
    if (typeof answer === 'string') return answer;
    if (isStream(answer)) return asked.follow(shapedStream(answer, shaping));
    const shaped = shapeAnswer(answer, shaping);
    return shaped.data === undefined || kind === 'subscription' ? { errors: shaped.errors ?? [] } : shaped;
  } catch (error) {
    return refused([error]);
  }
}

/** A function of its own: what it makes lives as long as a subscription, and would keep all that `carryOut` knows. */
const placedIn = ({ schema, document }: Admitted, shaping: Shaping): Shaping => ({
  ...shaping,
  place: (node) => faultPlace(schema, document, node),
});

const argumentsOf = ({ schema, document, params }: Admitted, context: object, { hideSuggestions }: Shaping): ExecutionArgs => ({
  schema,
  document,
  contextValue: context,
  variableValues: params.variables,
  operationName: params.operationName,
  hideSuggestions,
});

function begin(
  options: ServerOptions,
  { kind, operation }: Admitted,
  args: ExecutionArgs,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer> | Answer {
  if (kind === 'mutation') return execute(args);
  const { schema, document, contextValue, variableValues: given, operationName } = args;
  const valid = { schema, document, operation, given, context: contextValue as object };
  if (kind === 'subscription') return options.follow?.({ ...valid, operationName }) ?? (subscribe(args) as Promise<Answer>);
  // Straight from its statements where they are all that it takes; otherwise by the executor, with the same answer.
  const straight = options.answerStraight?.({ ...valid, variables });
  return straight ? straight.then((found) => found?.text ?? found?.result ?? execute(args)) : execute(args);
}

async function withinTime(work: Promise<Answer>, ms: number, attendance: Attendance): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((_, reject) => {
    timer = setTimeout(() => {
      // A subscription that starts after all has nobody to read it.
      work.then((answer) => (isStream(answer) ? answer.return() : undefined)).catch(() => {});
      attendance.end();
      reject(refusal('LIMIT_EXCEEDED', { en: `The request took longer than ${ms} ms.`, 'zh-CN': `请求用时超过 ${ms} 毫秒。` }));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Not an async function with `yield`: its `return` would wait for the next event before it closes the source. */
function shapedStream(source: Stream, shaping: Shaping): Stream {
  const done = { done: true as const, value: undefined };
  return {
    async next() {
      try {
        const { value, done: ended } = await source.next();
        if (ended || !value) return done;
        return { done: false, value: shapeAnswer(value as ExecutionResult, shaping) };
      } catch (error) {
        throw shapeError(error, shaping);
      }
    },
    async return() {
      await source.return();
      return done;
    },
    async throw(error) {
      await source.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
