import type { TestSeat } from '../../src/testing/test-seat.ts';

/** A mutation of which only the type of its answer is asked. */
export const bare = (name: string): string =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename } }`;

/** What became of an act: its type, or the code of its error; of a bulk act that of its first object. */
export async function says(seat: TestSeat, mutation: string, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { data, errors } = await seat.ask(mutation, { input });
  if (errors.length) return errors[0]!.extensions.code;
  const payload = data[Object.keys(data)[0]!];
  return payload.results?.[0].__typename ?? payload.__typename;
}
