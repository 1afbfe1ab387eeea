import type { Documents } from '../documents/index.ts';
import type { Params } from './graphql.params.ts';
import { admit } from './operation.admit.ts';
import type { Asked } from './operation.asked.ts';
import { carryOut } from './operation.execute.ts';
import type { Operated } from './operation.record.ts';
import type { ServerOptions } from './server.options.ts';

/**
 * Answers queries and mutations whose document is known by its text, past the pipeline and by the same functions as it.
 * @returns what begins it; undefined for whatever the pipeline has to answer: what comes for the first time, follows, or is refused before it runs
 */
export type Lane = (asked: Asked, params: Params) => (() => Promise<Operated>) | undefined;

export function createLane(options: ServerOptions, documents: Documents): Lane {
  const { plugins = [], lane } = options;
  // an operator's plugin sees what it has named; one that has named nothing sees everything
  const seen = new Set(plugins.flatMap(({ operations }) => operations ?? []));
  if (lane === false || plugins.some(({ operations }) => !operations)) return () => undefined;
  return (asked, params) => {
    const text = documents.textOf(params);
    if (typeof text !== 'string' || !documents.knows(asked.caller.surface, text)) return undefined;
    const admitted = admit(options, documents, asked, params);
    if (admitted.errors || admitted.kind === 'subscription' || seen.has(admitted.name ?? '')) return undefined;
    const { kind, name } = admitted;
    return async () => ({ kind, name, answer: await carryOut(options, asked, admitted) });
  };
}
