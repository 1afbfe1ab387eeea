import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  subscribe,
} from 'graphql';
import { Attendance } from '../database/attendance.ts';
import { refusal, type Shaping, shapeAnswer, shapeError } from './answer.errors.ts';
import { faultPlace } from './fault.place.ts';
import type { Params } from './graphql.params.ts';
import { type Documents, takeVariables } from './limits/index.ts';
import type { Caller, RequestFacts, ServerOptions } from './server.options.ts';

/** One operation of one caller, whichever way it came. */
export interface OperationRequest {
  caller: Caller;
  params: Params;
  facts: RequestFacts;
  /** Why an operation of this kind may not come this way; undefined: it may. Asked before anything runs. */
  objection?(kind: OperationKind): GraphQLError | undefined;
  /** The caller's `traceparent`. */
  traceparent?: string;
}

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** What came of an operation; `kind` and `name` are known once its document is. */
export type Outcome = { kind?: OperationKind; name?: string } & (
  | { type: 'refused'; errors: GraphQLError[] }
  | { type: 'result'; result: ExecutionResult }
  /** The whole answer as JSON; nothing of it was refused. */
  | { type: 'text'; text: string }
  | { type: 'stream'; stream: AsyncGenerator<ExecutionResult> }
);

export type RunOperation = (request: OperationRequest) => Promise<Outcome>;

/** The one way from a request to its answer: prepared, executed within the time, every error shaped. Never rejects. */
export function createRunner(options: ServerOptions, documents: Documents): RunOperation {
  return async (request) => {
    const mayIntrospect = options.mayIntrospect(request.caller);
    const shaping: Shaping = {
      requestId: request.facts.requestId,
      language: request.facts.language,
      logger: options.logger,
      errors: options.limits.errors,
      hideSuggestions: !mayIntrospect,
    };
    const refused = (errors: readonly unknown[]): Outcome => ({
      type: 'refused',
      errors: errors.map((error) => shapeError(error, shaping, true)),
    });
    try {
      const prepared = documents.prepare(request.caller.surface, request.params.query, { mayIntrospect });
      if (prepared.errors) return refused(prepared.errors);
      const chosen = chooseOperation(prepared.document, request.params.operationName);
      if (!chosen.operation) return refused([chosen.fault]);
      const facts = { kind: chosen.operation.operation as OperationKind, name: chosen.operation.name?.value };
      const objection = request.objection?.(facts.kind);
      if (objection) return { ...facts, ...refused([objection]) };
      return { ...facts, ...(await carryOut(options, request, prepared.document, chosen.operation, shaping)) };
    } catch (error) {
      return refused([error]);
    }
  };
}

function chooseOperation(
  document: DocumentNode,
  name: string | null | undefined,
): { operation: OperationDefinitionNode } | { operation?: undefined; fault: GraphQLError } {
  const operation = getOperationAST(document, name);
  if (operation) return { operation };
  const message = name
    ? { en: 'The document has no operation of that name.', 'zh-CN': '文档中没有这个名称的操作。' }
    : {
        en: 'The document has several operations: name one in "operationName".',
        'zh-CN': '文档中有多个操作：请在“operationName”中指定一个。',
      };
  return { fault: refusal('BAD_REQUEST', message) };
}

/** A mutation is done although its client has gone: who presses a button and leaves has pressed it. */
async function carryOut(
  options: ServerOptions,
  request: OperationRequest,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  shaping: Shaping,
): Promise<Outcome> {
  const kind = operation.operation as OperationKind;
  const schema = options.surfaces[request.caller.surface]!;
  const variables = takeVariables(schema, operation, request.params.variables);
  if (variables.errors) return { type: 'refused', errors: variables.errors.map((error) => shapeError(error, shaping, true)) };
  const placed = placedIn(schema, document, shaping);
  const facts = kind === 'mutation' ? { ...request.facts, attendance: new Attendance() } : request.facts;
  const args: ExecutionArgs = {
    schema,
    document,
    contextValue: options.context(request.caller, facts),
    variableValues: request.params.variables,
    operationName: request.params.operationName,
    hideSuggestions: shaping.hideSuggestions,
  };
  const work =
    kind === 'subscription'
      ? live(options, args, operation)
      : kind === 'mutation'
        ? execute(args)
        : query(options, args, operation, variables.values);
  const result = await withinTime(Promise.resolve(work), options.limits.requestMs, facts.attendance);
  if (typeof result === 'string') return { type: 'text', text: result };
  if (Symbol.asyncIterator in result) return { type: 'stream', stream: shapedStream(result, placed) };
  const answer = shapeAnswer(result, placed);
  if (answer.data === undefined || kind === 'subscription') return { type: 'refused', errors: [...(answer.errors ?? [])] };
  return { type: 'result', result: answer };
}

/** A function of its own: what it makes lives as long as a subscription, and would keep all that `carryOut` knows. */
const placedIn = (schema: GraphQLSchema, document: DocumentNode, shaping: Shaping): Shaping => ({
  ...shaping,
  place: (node) => faultPlace(schema, document, node),
});

type Executed = string | ExecutionResult | AsyncGenerator<ExecutionResult, void, void>;

/** Straight from its statements where they are all that it takes; otherwise by the executor, with the same answer. */
async function query(
  options: ServerOptions,
  args: ExecutionArgs,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<Executed> {
  const { schema, document, contextValue, variableValues: given } = args;
  const straight = await options.answerStraight?.({
    schema,
    document,
    operation,
    given,
    variables,
    context: contextValue as object,
  });
  return straight?.text ?? straight?.result ?? execute(args);
}

async function live(options: ServerOptions, args: ExecutionArgs, operation: OperationDefinitionNode): Promise<Executed> {
  const { schema, document, contextValue, variableValues: given, operationName } = args;
  return options.follow?.({ schema, document, operation, operationName, given, context: contextValue as object }) ?? subscribe(args);
}

async function withinTime(work: Promise<Executed>, ms: number, attendance: Attendance): Promise<Executed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Executed>((_, reject) => {
    timer = setTimeout(() => {
      // A subscription that starts after all has nobody to read it.
      work.then((result) => (typeof result !== 'string' && Symbol.asyncIterator in result ? result.return() : undefined)).catch(() => {});
      attendance.end();
      reject(refusal('LIMIT_EXCEEDED', { en: `The request took longer than ${ms} ms.`, 'zh-CN': `请求用时超过 ${ms} 毫秒。` }));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Not an async function with `yield`: its `return` would wait for the next event before it closes the source. */
function shapedStream(source: AsyncGenerator<ExecutionResult, void, void>, shaping: Shaping): AsyncGenerator<ExecutionResult> {
  const done = { done: true as const, value: undefined };
  return {
    async next() {
      try {
        const { value, done: ended } = await source.next();
        if (ended || !value) return done;
        return { done: false, value: shapeAnswer(value, shaping) };
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
      await this.return(undefined);
    },
  };
}
