import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { taskOn } from '../../support/form-moves.ts';

// Acts on forms and tasks as front ends make them, with what is answered.

type Payload = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly code?: string };
/** Does one mutation, or is refused. @param more what else is read of its result */
export async function act(seat: TestSeat, name: string, input: object, more = ''): Promise<Payload> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  const document = `mutation ($input: ${type}) { it: ${name}(input: $input) { __typename ... on UserError { code path } ${more} } }`;
  const { data, errors } = await seat.ask(document, { input });
  const [error] = errors;
  return data?.it ?? { __typename: error!.extensions.code };
}
export const done = async (seat: TestSeat, name: string, input: object, more = ''): Promise<Payload> => {
  const payload = await act(seat, name, input, more);
  if (!payload.__typename.endsWith('Success')) throw new Error(`${seat.name} could not ${name}: ${JSON.stringify(payload)}`);
  return payload;
};
/** An act on the seat's own open task of a form. */
export const onTask = async (seat: TestSeat, name: string, formId: string, input: object = {}, more = ''): Promise<Payload> =>
  act(seat, name, { taskId: (await taskOn(seat, formId)).id, ...input }, more);
export const doneOnTask = async (seat: TestSeat, name: string, formId: string, input: object = {}): Promise<Payload> =>
  done(seat, name, { taskId: (await taskOn(seat, formId)).id, ...input });

const INSIDE = `query ($id: ID!) { businessForm(id: $id) {
  number state customerState customerVersion pausedReason correctionReason correctionFields
  tasks(first: 100) { nodes { id kind state decision comment question assignee { id } for { id } } }
  history(first: 100) { nodes { kind comment actor { id } next { id } } }
  comments { nodes { text fromCustomer author { id } } }
} }`;
export interface Inside {
  readonly number: string;
  readonly state: string;
  readonly customerState: string;
  readonly customerVersion: number;
  readonly pausedReason: string | null;
  readonly correctionReason: string | null;
  readonly correctionFields: readonly string[] | null;
  /** `NAME STATE` of those that are open or wait, by the seats given. */
  readonly turns: readonly string[];
  readonly history: readonly string[];
  readonly said: readonly (readonly [text: string, fromCustomer: boolean])[];
  readonly comments: readonly (string | null)[];
}
interface Node {
  readonly kind: string;
  readonly state: string;
  readonly text: string;
  readonly fromCustomer: boolean;
  readonly comment: string | null;
  readonly assignee: { readonly id: string } | null;
}
/** A form as those inside read it. */
export async function inside(reader: TestSeat, formId: string, seats: Readonly<Record<string, unknown>>): Promise<Inside> {
  const { tasks, history, comments, ...form } = (await reader.query(INSIDE, { id: formId })).businessForm;
  const nameOf = (id: string | undefined): string =>
    id === undefined ? 'nobody' : (Object.entries(seats).find(([, seat]) => (seat as TestSeat)?.id === id)?.[0] ?? '?');
  const live = (tasks.nodes as Node[]).filter(({ state }) => state === 'OPEN' || state === 'WAITING');
  const turnOf = ({ kind, state, assignee }: Node): string =>
    [nameOf(assignee?.id), state === 'OPEN' ? '' : state, kind === 'OPINION' ? kind : ''].filter(Boolean).join(' ');
  return {
    ...form,
    turns: live.map(turnOf),
    history: (history.nodes as Node[]).map(({ kind }) => kind),
    comments: (history.nodes as Node[]).map(({ comment }) => comment),
    said: (comments.nodes as Node[]).map(({ text, fromCustomer }) => [text, fromCustomer] as const),
  };
}
