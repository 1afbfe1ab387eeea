import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  subscribe,
} from 'graphql';
import type { Documents } from '../graphql/limits/index.ts';
import { refusal, type Shaping, shapeAnswer, shapeError } from './answer.errors.ts';
import type { Params } from './graphql.params.ts';
import type { Caller, RequestFacts, ServerOptions } from './server.options.ts';

/** One operation of one caller, whichever way it came. */
export interface OperationRequest {
  caller: Caller;
  params: Params;
  facts: Omit<RequestFacts, 'signal'>;
  /** Why an operation of this kind may not come this way; undefined: it may. Asked before anything runs. */
  objection?(kind: OperationKind): GraphQLError | undefined;
  /** Aborts when the client goes away; a mutation goes on regardless. */
  gone?: AbortSignal;
}

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** What came of an operation; `kind` and `name` are known once its document is. */
export type Outcome = { kind?: OperationKind; name?: string } & (
  | { type: 'refused'; errors: GraphQLError[] }
  | { type: 'result'; result: ExecutionResult }
  | { type: 'stream'; stream: AsyncGenerator<ExecutionResult> }
);

export type RunOperation = (request: OperationRequest) => Promise<Outcome>;

/** The one way from a request to its answer: prepared, executed within the time, every error shaped. Never rejects. */
export function createRunner(options: ServerOptions, documents: Documents): RunOperation {
  return async (request) => {
    const mayIntrospect = options.mayIntrospect(request.caller);
    const shaping: Shaping = {
      requestId: request.facts.requestId,
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
      return { ...facts, ...(await carryOut(options, request, prepared.document, facts.kind, shaping)) };
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
    ? 'The document has no operation of that name.'
    : 'The document has several operations: name one in "operationName".';
  return { fault: refusal('BAD_REQUEST', message) };
}

async function carryOut(
  options: ServerOptions,
  request: OperationRequest,
  document: DocumentNode,
  kind: OperationKind,
  shaping: Shaping,
): Promise<Outcome> {
  const control = new AbortController();
  const abort = (): void => control.abort();
  if (kind !== 'mutation') request.gone?.addEventListener('abort', abort, { once: true });
  const release = (): void => request.gone?.removeEventListener('abort', abort);
  const args: ExecutionArgs = {
    schema: options.surfaces[request.caller.surface]!,
    document,
    contextValue: options.context(request.caller, { ...request.facts, signal: control.signal }),
    variableValues: request.params.variables,
    operationName: request.params.operationName,
    hideSuggestions: shaping.hideSuggestions,
  };
  const work = kind === 'subscription' ? subscribe(args) : execute(args);
  const result = await withinTime(Promise.resolve(work), options.limits.requestMs, control);
  const finish = (): void => {
    release();
    control.abort();
  };
  if (Symbol.asyncIterator in result) return { type: 'stream', stream: shapedStream(result, shaping, finish) };
  release();
  const answer = shapeAnswer(result, shaping);
  if (answer.data === undefined || kind === 'subscription') return { type: 'refused', errors: [...(answer.errors ?? [])] };
  return { type: 'result', result: answer };
}

type Executed = ExecutionResult | AsyncGenerator<ExecutionResult, void, void>;

async function withinTime(work: Promise<Executed>, ms: number, control: AbortController): Promise<Executed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Executed>((_, reject) => {
    timer = setTimeout(() => {
      control.abort();
      // A subscription that starts after all has nobody to read it.
      work.then((result) => (Symbol.asyncIterator in result ? result.return() : undefined)).catch(() => {});
      reject(refusal('LIMIT_EXCEEDED', `The request took longer than ${ms} ms.`));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Not an async function with `yield`: its `return` would wait for the next event before it closes the source. */
function shapedStream(
  source: AsyncGenerator<ExecutionResult, void, void>,
  shaping: Shaping,
  release: () => void,
): AsyncGenerator<ExecutionResult> {
  const done = { done: true as const, value: undefined };
  return {
    async next() {
      try {
        const { value, done: ended } = await source.next();
        if (ended || !value) {
          release();
          return done;
        }
        return { done: false, value: shapeAnswer(value, shaping) };
      } catch (error) {
        release();
        throw shapeError(error, shaping);
      }
    },
    async return() {
      release();
      await source.return();
      return done;
    },
    async throw(error) {
      release();
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
