import { execute } from 'graphql';
import type { Seat } from '../sdk/index.ts';
import { ownDocument } from './own-document.ts';
import { contextAs, schemaOf } from './reading-as.ts';
import type { Runtime } from './runtime.ts';

/** Asks the server's own schema from a seat, under its rules, without the network: for the demo's data. @throws where anything is refused. */
export async function actAs<Data>(
  runtime: Runtime,
  seat: Seat,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<Data> {
  const contextValue = contextAs(runtime, seat, 'en');
  const schema = schemaOf(runtime, seat);
  const { data, errors } = await execute({ schema, document: ownDocument(schema, source), variableValues, contextValue });
  if (errors?.length) throw errors[0];
  const refused = Object.values(data ?? {}).find(
    (value) => (value as { __typename?: string } | null)?.__typename?.endsWith('Success') === false,
  );
  if (refused) throw new Error(`The demo could not be made: ${JSON.stringify(refused)}`);
  return data as Data;
}
