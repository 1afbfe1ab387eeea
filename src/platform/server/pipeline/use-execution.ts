import type { ExecutionResult } from 'graphql';
import type { Answer } from '../operation.asked.ts';
import { carryOut } from '../operation.execute.ts';
import type { ServerOptions } from '../server.options.ts';
import type { Piped, Piping } from './piped.ts';

/** Executes within the time and with the resolvers' own context; subscriptions are streams of the numbered events. */
export function useExecution(options: ServerOptions): Piping {
  const execute = async ({ asked, trail }: Piped): Promise<Exclude<Answer, string>> => {
    const answer = await carryOut(options, asked!, trail.admitted!);
    return typeof answer === 'string' ? (JSON.parse(answer) as ExecutionResult) : answer;
  };
  return {
    onExecute: ({ args: { contextValue }, setExecuteFn }) => setExecuteFn(() => execute(contextValue)),
    onSubscribe: ({ args: { contextValue }, setSubscribeFn }) => setSubscribeFn(() => execute(contextValue) as never),
  };
}
