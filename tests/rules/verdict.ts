import type { Answer, TestSeat } from '../../src/testing/test-seat.ts';

/** How an act ends: done or told; refused with FORBIDDEN; as though there were no such object; not to be named on the seat's surface. */
export type Verdict = 'yes' | 'no' | 'none' | '-';

export type Cell<Column extends string> = readonly [act: string, column: Column, verdict: Verdict];

/** Reads a table that was written by hand: a line for each act, after the bar a word for each column. */
export const cellsOf = <Column extends string>(table: string, columns: readonly Column[]): Cell<Column>[] =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [act = '', words = ''] = line.split('|').map((part) => part.trim());
      const verdicts = words.split(/\s+/) as Verdict[];
      if (verdicts.length !== columns.length) throw new Error(`"${act}" has ${verdicts.length} words for ${columns.length} columns.`);
      return columns.map((column, i) => [act, column, verdicts[i]!] as const);
    });

const codes = ({ errors }: Answer<unknown>): string[] => errors.map(({ extensions }) => extensions.code);

/** Verdict on one field of one object, asked as `root(id: $id) { field }`. */
export async function told(seat: TestSeat, root: string, id: string, field: string): Promise<Verdict> {
  const answer = await seat.ask<Record<string, Record<string, unknown> | null>>(`query ($id: ID!) { it: ${root}(id: $id) { ${field} } }`, {
    id,
  });
  if (codes(answer).includes('BAD_REQUEST')) return '-';
  const object = answer.data?.it;
  if (!object) return answer.errors.length ? ruined(answer) : 'none';
  const [value] = Object.values(object);
  if (answer.errors.length === 0 && value !== null) return 'yes';
  return answer.errors.length === 1 && codes(answer)[0] === 'FORBIDDEN' && value === null ? 'no' : ruined(answer);
}

interface Payload {
  readonly __typename: string;
  readonly results?: readonly Payload[];
}
/** Verdict on one mutation; a bulk act on one object. */
export async function done(seat: TestSeat, mutation: string, input: object): Promise<Verdict> {
  const type = mutation[0]!.toUpperCase() + mutation.slice(1);
  const results = BULK.includes(mutation) ? `... on ${type}Success { results { __typename } }` : '';
  const document = `mutation ($input: ${type}Input!) { it: ${mutation}(input: $input) { __typename ${results} ... on UserError { code } } }`;
  const answer = await seat.ask<{ it: Payload | null }>(document, { input });
  if (codes(answer).includes('BAD_REQUEST')) return '-';
  if (codes(answer).join() === 'FORBIDDEN') return 'no';
  const payload = answer.data?.it?.results?.[0] ?? answer.data?.it;
  if (payload?.__typename.endsWith('Success')) return 'yes';
  return ({ NotFound: 'none', NotYours: 'no' } as const)[payload?.__typename ?? ''] ?? ruined(answer);
}
const BULK = [
  'deleteContacts',
  'restoreContacts',
  'transferContacts',
  'inviteContacts',
  'acceptJoinApplications',
  'refuseJoinApplications',
];

/** Verdict on a list: whether the object with this id is in it. */
export async function listed(seat: TestSeat, field: string, id: string): Promise<Verdict> {
  const answer = await seat.ask<{ it: { nodes: readonly { id: string }[] } | null }>(`{ it: ${field} { nodes { id } } }`);
  if (codes(answer).includes('BAD_REQUEST')) return '-';
  if (codes(answer).join() === 'FORBIDDEN') return 'no';
  if (!answer.data?.it) return ruined(answer);
  return answer.data.it.nodes.some((node) => node.id === id) ? 'yes' : 'none';
}

function ruined(answer: Answer<unknown>): never {
  throw new Error(`Neither given nor refused as it should be: ${JSON.stringify(answer)}`);
}
