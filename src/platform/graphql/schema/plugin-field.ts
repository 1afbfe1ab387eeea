/** What fields of plugins need of a request's context. */
export interface PatientContext {
  /** @throws where the work is not done within the time that fields of plugins have in this request */
  withinTime<T>(work: Promise<T>): Promise<T>;
}
type Resolve = (source: unknown, args: unknown, context: PatientContext, info: unknown) => unknown;

const isPending = (value: unknown): boolean => typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
/** graphql waits for the items of a list one by one, and knows no time. */
const together = (value: unknown): unknown => (Array.isArray(value) && value.some(isPending) ? Promise.all(value) : value);

/** A plugin's resolver takes down its own field alone: one that never answers is given up, while the rest can still be sent (promise 9). */
export const patient =
  (resolve: unknown): Resolve =>
  (source, args, context, info) => {
    const value = together((resolve as Resolve)(source, args, context, info));
    return isPending(value) ? context.withinTime(Promise.resolve(value).then(together)) : value;
  };
