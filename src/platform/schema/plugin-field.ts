import { ConstantError } from '../log/constant.error.ts';
import { callPlugin } from '../plugin-call/plugin-call.ts';

/** What fields of plugins need of a request's context. */
export interface PatientContext {
  /** @throws where the work is not done within the time that fields of plugins have in this request */
  withinTime<T>(work: Promise<T>): Promise<T>;
}
type Resolve = (source: unknown, args: unknown, context: PatientContext, info: unknown) => unknown;

const MOST_ITEMS = 10_000;

const isPending = (value: unknown): boolean => typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
const isList = (value: unknown): value is Iterable<unknown> => typeof value === 'object' && value !== null && Symbol.iterator in value;

/** A list may be of any kind, and one that is made as it is read may have no end. */
function fewOf(list: Iterable<unknown>): unknown[] {
  const items: unknown[] = [];
  for (const item of list) {
    if (items.length === MOST_ITEMS) throw new ConstantError(`A plugin’s list has more than ${MOST_ITEMS} items.`);
    items.push(item);
  }
  return items;
}
/** graphql waits for the items of a list one by one, and knows no time. */
function together(value: unknown): unknown {
  if (!isList(value)) return value;
  const items = fewOf(value);
  return items.some(isPending) ? Promise.all(items) : items;
}

/** A plugin's resolver takes down its own field alone: one that never answers is given up, while the rest can still be sent (promise 9). */
export const patient =
  (plugin: string, resolve: unknown): Resolve =>
  (source, args, context, info) =>
    callPlugin(plugin, () => {
      const value = (resolve as Resolve)(source, args, context, info);
      return isPending(value) ? context.withinTime(Promise.resolve(value).then(together)) : settledIn(context, together(value));
    });

const settledIn = (context: PatientContext, value: unknown): unknown => (value instanceof Promise ? context.withinTime(value) : value);
