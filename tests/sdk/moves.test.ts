import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movesPages } from '../../src/app/moves-page.ts';
import { faultsOfMoves } from '../../src/sdk/moves.check.ts';
import { everyMove, type TestPlugin, type TestSeat, testPlugin } from '../../src/sdk/testing.ts';
import { borrow, lend, lending, lendingPlugin } from './lending.plugin.ts';

const move = (from: string[], to: string[]) => ({ from, to });
const states = { A: '', B: '' };

describe('what cannot be right about moves (spec 8.5)', () => {
  it.each<[string, Parameters<typeof faultsOfMoves>[0], string[]]>([
    ['nothing', { begins: 'A', states, moves: { go: move(['A'], ['B']), back: move(['B'], ['A']) } }, []],
    ['a beginning that is none', { begins: 'C', states: { A: '' }, moves: {} }, ['begins in C', 'No move leads to A']],
    ['a state that nothing leads to', { begins: 'A', states, moves: { stay: move(['A'], ['A']) } }, ['No move leads to B']],
    ['a way to nowhere', { begins: 'A', states: { A: '' }, moves: { go: move(['A'], ['C']) } }, ['go names C']],
    ['a way from nowhere', { begins: 'A', states, moves: { go: move(['C'], ['B']) } }, ['go names C', 'No move leads to B']],
    ['a state that time alone leads to', { begins: 'A', states, moves: {}, byItself: { expire: move(['A'], ['B']) } }, []],
    [
      'a move of somebody and of itself',
      { begins: 'A', states, moves: { go: move(['A'], ['B']) }, byItself: { go: move(['A'], ['B']) } },
      ['go is made by somebody'],
    ],
    ['a move without a state', { begins: 'A', states: { A: '' }, moves: { go: move([], ['A']) } }, ['go has to come from somewhere']],
    ['a move that stays', { begins: 'A', states: { A: '' }, moves: { note: { from: ['A'] } } }, []],
    [
      'a move that stays where it cannot be made',
      { begins: 'A', states, moves: { go: { ...move(['A'], ['B']), staysIn: ['B'] } } },
      ['go stays in B, in which it cannot be made'],
    ],
    [
      'a state that only a move leads to that stays',
      { begins: 'A', states, moves: { go: { ...move(['A'], ['B']), staysIn: ['A'] } } },
      ['No move leads to B'],
    ],
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
const byLoan = (loanId: string) => ({ loanId });
const MOVES = {
  handOut: { mutation: 'handOutLoan', input: byLoan },
  refuse: { mutation: 'refuseLoan', input: byLoan },
  takeBack: { mutation: 'takeBackLoan', input: byLoan },
  giveBack: { mutation: 'giveBackLoan', input: byLoan },
};
const WAYS: Record<string, string[]> = { ASKED: [], OUT: ['handOut'], BACK: ['handOut', 'takeBack'], REFUSED: ['refuse'] };
const loanIn = async (state: string): Promise<string> => {
  const id = await ask();
  for (const name of WAYS[state]!) await doing(plugin.admin, name, id);
  return id;
};
describe('moves that are declared', () => {
  it.each(
    everyMove(lending, {
      actors: {
        admin: { seat: () => plugin.admin, may: [lend] },
        borrower: { seat: () => plugin.colleague, may: [borrow] },
        colleague: { seat: () => plugin.owner, may: [] },
        stranger: { seat: () => plugin.stranger, may: [], isBlind: true },
        customer: { seat: () => plugin.customer, may: [], isBlind: true, isContact: true },
      },
      make: loanIn,
      stateOf: async (id) =>
        (await plugin.admin.query('query ($id: ID!) { node(id: $id) { ... on LendingLoan { state } } }', { id })).node.state,
      moves: MOVES,
      can: canOf,
    }),
  )('in $state: $move by $actor is $outcome (spec 8.5)', ({ play }) => play());
  it('are as many tests as there are states, moves and actors', () => {
    const all = everyMove(lending, {
      actors: { admin: { seat: () => plugin.admin, may: [lend] } },
      make: loanIn,
      stateOf: loanIn,
      moves: MOVES,
    });
    expect(all.map(({ state, move, outcome }) => `${state} ${move} ${outcome}`)).toEqual([
      'ASKED handOut done',
      'ASKED refuse done',
      'ASKED takeBack not now',
      'ASKED giveBack not theirs',
      'OUT handOut not now',
      'OUT refuse not now',
      'OUT takeBack done',
      'OUT giveBack not theirs',
      ...['BACK', 'REFUSED'].flatMap((state) => [
        `${state} handOut not now`,
        `${state} refuse not now`,
        `${state} takeBack not now`,
        `${state} giveBack not theirs`,
      ]),
    ]);
  });
  it.each<[string, Partial<Parameters<typeof everyMove<keyof typeof lending.states, keyof typeof lending.moves>>[1]>]>([
    ['what is refused is said to be allowed', { actors: { colleague: { seat: () => plugin.owner, may: [lend] } } }],
    ['what is allowed is said to be refused', { actors: { admin: { seat: () => plugin.admin, may: [] } } }],
    ['an employee asks for what is not in the schema', { moves: { ...MOVES, handOut: { mutation: 'handLoanOut', input: () => ({}) } } }],
    ['it leads elsewhere', { stateOf: async () => 'ASKED' }],
    ['what can be done is said otherwise', { can: async () => ['refuse'] }],
    ['it does not stand where it was to be made', { make: () => loanIn('BACK') }],
  ])('fail where %s', async (_, wrong) => {
    const [first] = everyMove(lending, {
      actors: { admin: { seat: () => plugin.admin, may: [lend] } },
      make: loanIn,
      stateOf: async (id) =>
        (await plugin.admin.query('query ($id: ID!) { node(id: $id) { ... on LendingLoan { state } } }', { id })).node.state,
      moves: MOVES,
      ...wrong,
    });
    await expect(first!.play()).rejects.toThrow(/\w/);
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
      '  OUT --> BACK: forget',
      '| `forget` | `OUT` | `BACK` | the server, by itself | Nobody looks for it any more. |',
      '| `giveBack` | `ASKED`, `OUT` | `BACK` | `lending.borrow`: `LENDING_BORROWER` |',
    ])
      expect(page).toContain(line);
  });
});
