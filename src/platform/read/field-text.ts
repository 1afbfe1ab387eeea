import { GraphQLError } from 'graphql';
import { isRefusedStatement, isTimeout } from '../database/pool.ts';
import { troubleOf } from '../database/trouble.ts';
import { pluginBlamedFor } from '../plugin-call/plugin-call.ts';
import { type BoundField, bindField, type Place, placeKey } from './bound-field.ts';
import type { Inputs } from './interview.ts';
import type { ReadContext } from './read-batch.ts';
import { tookTooLong } from './refusal.ts';

/** What a statement wrote for a field, and what the marks in it stand for. */
export interface FieldText extends Pick<BoundField, 'sites'> {
  readonly text: string;
}
type LeavesOut = NonNullable<Inputs['leavesOut']>;

/**
 * Reads a field. A plugin whose SQL makes the statement fail is found by reading again without the fields of each; those of the plugin at
 * fault are then refused in their places, and the rest is read (promise 9).
 */
export async function readText(
  place: Place,
  context: ReadContext,
  variables: Inputs['variables'],
  source: Inputs['source'],
): Promise<FieldText> {
  const suspects = new Set<string>();
  const read = async (leavesOut?: LeavesOut): Promise<FieldText> => {
    const { bound, rows, sites, plugins } = bindField(place, context, variables, source, leavesOut);
    for (const plugin of plugins) suspects.add(plugin);
    const ask = (): Promise<string> => context.reads.read(context.seat!.organizationId, bound, rows);
    return { text: await (place.crowd ? context.crowd!.agree(`${placeKey(place)}${place.item ?? ''}`, ask) : ask()), sites };
  };
  try {
    return await read();
  } catch (error) {
    const found = await withoutFailing(read, suspects, place, error, context);
    if (found) return found;
    throw isTimeout(error) ? tookTooLong() : error;
  }
}

async function withoutFailing(
  read: (leavesOut: LeavesOut) => Promise<FieldText>,
  suspects: ReadonlySet<string>,
  { field }: Place,
  error: unknown,
  context: ReadContext,
): Promise<FieldText | undefined> {
  const blamed = error instanceof GraphQLError ? undefined : pluginBlamedFor(error);
  if (!blamed && (!isRefusedStatement(error) || troubleOf(error))) return undefined;
  const others = [...new Set([...(blamed ? [blamed] : []), ...suspects])].filter((plugin) => plugin !== field.extensions.plugin);
  for (const leavesOut of choices(others, isTimeout(error))) {
    const found = await read(leavesOut).catch(() => undefined);
    if (!found) continue;
    for (const plugin of others.filter(leavesOut)) context.reportFault(error, plugin);
    return found;
  }
  return undefined;
}

/** Each alone, then all of them; at once where there is no time to find out. */
function choices(plugins: readonly string[], all: boolean): LeavesOut[] {
  const each =
    all || plugins.length === 1
      ? []
      : plugins.map(
          (one): LeavesOut =>
            (plugin) =>
              plugin === one,
        );
  return plugins.length ? [...each, (plugin) => plugins.includes(plugin)] : [];
}
