import { describe, expect, it } from 'vitest';
import type { Seat } from '../../../src/platform/permissions/seat.ts';
import { answerAlike, type Crowd } from '../../../src/platform/read/crowd.ts';

const seat = (id: string): Seat => ({
  id,
  organizationId: 'works',
  kind: 'EMPLOYEE',
  rights: new Map(),
  traits: new Set(['t']),
  pluginsOff: new Set(),
});
const SEATS = ['a', 'b', 'c', 'd'].map(seat);

/** Answers all seats, and counts how often that took an execution and a statement. */
async function answered(told: Record<string, string>, resolve: (crowd: Crowd, text: string) => unknown) {
  let [runs, statements] = [0, 0];
  const members = (text: string): string[] => Object.keys(told).filter((id) => told[id] === text);
  const read = async (): Promise<string> => {
    statements++;
    return JSON.stringify([...new Set(Object.values(told))].map((text) => [text, members(text)]));
  };
  const answers = await answerAlike(SEATS, async (crowd) => {
    runs++;
    return resolve(crowd, await crowd.agree('Event:form', read));
  });
  return { answers: Object.fromEntries(answers), runs, statements };
}
const asTold = (_: Crowd, text: string): string => text;

describe('a crowd', () => {
  it('whom a statement tells the same is answered by one execution', async () => {
    const told = { a: 'x', b: 'x', c: 'x', d: 'x' };
    expect(await answered(told, asTold)).toEqual({ answers: told, runs: 1, statements: 1 });
  });

  it('is answered by one execution for each thing that its members are told, of one statement', async () => {
    const told = { a: 'x', b: 'y', c: 'x', d: 'z' };
    expect(await answered(told, asTold)).toEqual({ answers: told, runs: 3, statements: 1 });
  });

  it('is answered one by one where something looks who is asking, and each as itself', async () => {
    const told = { a: 'x', b: 'x', c: 'x', d: 'x' };
    const own = { a: 'x for a', b: 'x for b', c: 'x for c', d: 'x for d' };
    expect(await answered(told, ({ seat: { id } }, text) => `${text} for ${id}`)).toEqual({ answers: own, runs: 4, statements: 1 });
    expect(await answered(told, (crowd, text) => `${text} for ${crowd.alone().id}`)).toEqual({ answers: own, runs: 4, statements: 1 });
    expect(await answered(told, ({ seat: asking }, text) => `${text} for ${{ ...asking }.id}`)).toMatchObject({ answers: own, runs: 4 });
  });

  it('stays together where something looks at what is the same for all', async () => {
    const told = { a: 'x', b: 'x', c: 'x', d: 'x' };
    const { runs } = await answered(told, ({ seat: { kind, rights, traits, organizationId, pluginsOff } }) => [
      kind,
      rights.size,
      traits.has('t'),
      organizationId,
      pluginsOff.size,
    ]);
    expect(runs).toBe(1);
  });

  it('is not answered where a statement passes somebody over', async () => {
    await expect(answered({ a: 'x', b: 'x', c: 'x' }, asTold)).rejects.toThrow('passed over');
  });
});
