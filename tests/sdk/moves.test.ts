import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movesPages } from '../../src/app/moves-page.ts';
import { openIn } from '../../src/sdk/index.ts';
import { faultsOfMoves } from '../../src/sdk/moves.check.ts';
import { type TestPlugin, type TestSeat, testPlugin } from '../../src/sdk/testing.ts';
import { lending, lendingPlugin } from './lending.plugin.ts';

const move = (from: string[], to: string[]) => ({ from, to });
const states = { A: '', B: '' };

describe('what cannot be right about moves (spec 8.5)', () => {
  it.each<[string, Parameters<typeof faultsOfMoves>[0], string[]]>([
    ['nothing', { begins: 'A', states, moves: { go: move(['A'], ['B']), back: move(['B'], ['A']) } }, []],
    ['a beginning that is none', { begins: 'C', states: { A: '' }, moves: {} }, ['begins in C', 'No move leads to A']],
    ['a state that nothing leads to', { begins: 'A', states, moves: { stay: move(['A'], ['A']) } }, ['No move leads to B']],
    ['a way to nowhere', { begins: 'A', states: { A: '' }, moves: { go: move(['A'], ['C']) } }, ['go names C']],
    ['a way from nowhere', { begins: 'A', states, moves: { go: move(['C'], ['B']) } }, ['go names C', 'No move leads to B']],
    ['a move without a state', { begins: 'A', states: { A: '' }, moves: { go: move([], ['A']) } }, ['go has to come from somewhere']],
    ['a circle that nothing enters', { begins: 'A', states, moves: { stay: move(['B'], ['B']) } }, ['No move leads to B']],
  ])('%s', (_, machine, faults) => {
    const found = faultsOfMoves(machine);
    expect(found).toHaveLength(faults.length);
    for (const [i, fault] of faults.entries()) expect(found[i]).toContain(fault);
  });
});

const CAN = 'viewerCan { handOut refuse takeBack giveBack }';
let plugin: TestPlugin;
beforeAll(async () => {
  plugin = await testPlugin(lendingPlugin);
});
afterAll(() => plugin.stop());

const ask = async (): Promise<string> =>
  (
    await plugin.colleague.does(
      'mutation { askForLoan(input: { tool: "Saw" }) { __typename ... on AskForLoanSuccess { loan { id } } } }',
      {},
    )
  ).loan.id;
const doing = (seat: TestSeat, name: string, loanId: string) =>
  seat.ask(
    `mutation ($loanId: ID!) { ${name}Loan(input: { loanId: $loanId }) { __typename ... on InvalidTransition { state allowed path } } }`,
    { loanId },
  );
const canOf = async (seat: TestSeat, id: string): Promise<string[]> => {
  const { node } = await seat.query(`query ($id: ID!) { node(id: $id) { ... on LendingLoan { ${CAN} } } }`, { id });
  return Object.entries(node.viewerCan)
    .filter(([, may]) => may)
    .map(([name]) => name);
};
const WAYS: Record<string, string[]> = { ASKED: [], OUT: ['handOut'], BACK: ['handOut', 'takeBack'], REFUSED: ['refuse'] };
const loanIn = async (state: string): Promise<string> => {
  const id = await ask();
  for (const name of WAYS[state]!) await doing(plugin.admin, name, id);
  return id;
};
const SEATS = { admin: ['handOut', 'refuse', 'takeBack'], colleague: ['giveBack'], owner: [] as string[] } as const;

describe('moves that are declared', () => {
  it.each(Object.keys(lending.states))('in %s: each seat is told what it can do, can do it, and nothing else', async (state) => {
    for (const [seat, own] of Object.entries(SEATS) as [keyof typeof SEATS, readonly string[]][]) {
      const mine = openIn(lending, state as keyof typeof lending.states).filter((name) =>
        (own as readonly string[]).includes(name),
      ) as string[];
      expect(await canOf(plugin[seat], await loanIn(state))).toEqual(mine);
      for (const name of Object.keys(lending.moves)) {
        const { data, errors } = await doing(plugin[seat], name, await loanIn(state));
        if (!own.includes(name))
          expect({ data, errors }).toMatchObject({ data: { [`${name}Loan`]: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
        else if (mine.includes(name)) expect(data[`${name}Loan`].__typename).toMatch(/Success$/);
        else expect(data[`${name}Loan`]).toEqual({ __typename: 'InvalidTransition', state, allowed: mine, path: ['input', 'loanId'] });
      }
    }
  });
  it('of two who make them at once, one does', async () => {
    const id = await ask();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => doing(plugin.admin, i % 2 ? 'handOut' : 'refuse', id)));
    expect(answers.filter(({ data }) => (Object.values(data)[0] as { __typename: string }).__typename.endsWith('Success'))).toHaveLength(1);
  });
  it('have a page with their picture', () => {
    const [[name, page]] = movesPages([{ ...lendingPlugin, isPlugin: true, tables: [] }]) as [[string, string]];
    expect(name).toBe('docs/plugins/lending.md');
    for (const line of [
      '  [*] --> ASKED',
      '  OUT --> BACK: takeBack',
      '  REFUSED --> [*]',
      '| `giveBack` | `ASKED`, `OUT` | `BACK` | `lending.borrow`: `LENDING_BORROWER` |',
    ])
      expect(page).toContain(line);
  });
});
