import type { ExecutionResult } from 'graphql';
import { type FetchAPI, isAsyncIterable } from 'graphql-yoga';
import { answerOf, chosenType, written } from '../answer.write.ts';
import type { Piping } from './piped.ts';

/** Answers have the status that GraphQL over HTTP gives them; event streams, and whatever such a client gets, are written by yoga. */
export const useAnswers = (): Piping => ({
  onResultProcess({ result, setResult, setResultProcessor, serverContext: { posted, trail } }) {
    if (!posted || isAsyncIterable(result)) return;
    const type = posted.read.fault ? 'application/json' : chosenType(posted.types, trail.kind);
    const answer = answerOf(result as ExecutionResult, type, posted.method);
    setResult(answer);
    if (type === 'text/event-stream') return;
    const process = (_: unknown, { Response }: FetchAPI): Response => {
      const { status, headers, text } = written(answer, type);
      return new Response(text, { status, headers });
    };
    setResultProcessor(process, type);
  },
});
