import {
  ADMIN,
  COLLEAGUE,
  defineModule,
  defineMoves,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  holdMove,
  invalidTransition,
  moveFields,
  type Role,
  refs,
  rule,
  sql,
  stateWords,
  tenantEntity,
  type UseCase,
  way,
} from '@guichet/sdk';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';

// What docs/plugin-tutorial.md shows of states and moves: a loan of a tool.

const BORROWER: Role = { name: 'LENDING_BORROWER', bearer: 'EMPLOYEE', description: 'The employee who borrows.' };
const read = rule('lending.read', { roles: [COLLEAGUE], description: 'Every employee.' });
export const lend = rule('lending.lend', { roles: [ADMIN], right: 'PLUGINS', whole: true, description: 'Admins with PLUGINS.' });
export const borrow = rule('lending.borrow', { roles: [BORROWER], description: 'Who borrows.' });

export const lending = defineMoves({
  name: 'LendingState',
  description: 'Where a loan stands.',
  begins: 'ASKED',
  states: { ASKED: 'Somebody asks for it.', OUT: 'It is out.', BACK: 'It is back.', REFUSED: 'It is not given out.' },
  moves: {
    handOut: { from: ['ASKED'], to: ['OUT'], who: lend, description: 'Gives the tool out.' },
    refuse: { from: ['ASKED'], to: ['REFUSED'], who: lend, description: 'Does not give it out.' },
    takeBack: { from: ['OUT'], to: ['BACK'], who: lend, description: 'Takes it back.' },
    giveBack: { from: ['ASKED', 'OUT'], to: ['BACK'], who: borrow, description: 'Brings it back, or does not want it any more.' },
  },
  byItself: { forget: { from: ['OUT'], to: ['BACK'], description: 'Nobody looks for it any more.' } },
});
type LendingMove = keyof typeof lending.moves;

const Loan = tenantEntity('plg_lending.loans', (t) => ({
  tool: t.text(),
  borrowerId: t.idOf(() => refs.Employee),
  state: t.oneOf('ASKED', 'OUT', 'BACK', 'REFUSED'),
}));
const LendingLoan = entityRef('LendingLoan', Loan.table);
const LendingLoanViewerCan = entityRef('LendingLoanViewerCan', Loan.table);
const LendingState = stateWords(lending);

const holdLoan = (use: UseCase, move: LendingMove, id: string) =>
  holdMove(use, lending, move, {
    type: 'LendingLoan',
    id,
    path: ['input', 'loanId'],
    stateOf: async () => (await use.em.findOneOrFail(Loan, id)).state,
  });

function lendingTypes(builder: GuichetBuilder): void {
  builder.words(LendingState);
  builder.entity(LendingLoan, {
    description: 'A loan of a tool.',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
      heldToward(BORROWER, [way(Loan, {}, ({ row, seat }) => sql`${row.borrower_id} = ${seat.me}`)]),
    ],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      state: t.column('state', { type: LendingState, description: 'Where it stands.', rule: read }),
      viewerCan: t.sameRow(LendingLoanViewerCan, { description: 'What you can do with it now.', rule: read }),
    }),
  });
  builder.entityPart(LendingLoanViewerCan, {
    description: 'What a seat can do with a loan as it stands.',
    fields: (t) => moveFields(t, lending, 'state', read),
  });
  builder.useCase('askForLoan', {
    description: 'Asks for a tool.',
    rule: read,
    input: (t) => ({ tool: t.name({ description: 'Which tool.', max: 100 }) }),
    run: async (use, { tool }) => ({ loan: use.em.create(Loan, { tool, borrowerId: use.seat.id, state: 'ASKED' }).id }),
    success: (t) => ({ loan: t.loaded(LendingLoan, 'loan', { description: 'The loan.', rule: read }) }),
  });
  for (const [move, { to, who, description }] of Object.entries(lending.moves))
    builder.useCase(`${move}Loan`, {
      description,
      rule: who,
      input: (t) => ({ loanId: t.globalId(LendingLoan, { description: 'The loan.' }) }),
      refusals: [invalidTransition],
      guard: (use, { loanId }) => holdLoan(use, move as LendingMove, loanId),
      run: async (use, { loanId }) => {
        (await use.em.findOneOrFail(Loan, loanId)).state = to![0]!;
        return { loan: loanId };
      },
      success: (t) => ({ loan: t.loaded(LendingLoan, 'loan', { description: 'The loan.', rule: read }) }),
    });
}

export const lendingPlugin = defineModule({
  name: 'lending',
  version: '0.1.0',
  description: 'Lends tools to employees.',
  guichet: '^0.1.0',
  needs: ['directory'],
  entities: [Loan],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([Loan.table])).sql }],
  rules: [read, lend, borrow],
  moves: [lending],
  types: lendingTypes,
});
