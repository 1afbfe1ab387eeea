import { type GuichetBuilder, type InputMaker, invalidTransition, type PayloadFields, type UseCase } from '@guichet/sdk';
import type { FranchiseMove } from './application.moves.ts';
import { franchiseMoves } from './application.moves.ts';
import { holdFor } from './holding.service.ts';
import { franchise } from './permissions.ts';
import { FranchiseApplication } from './refs.ts';

export const franchiseId = (t: InputMaker) => t.globalId(FranchiseApplication, { description: 'The application.' });
export const theApplication = (t: PayloadFields<{ application: string }>) =>
  t.loaded(FranchiseApplication, 'application', { description: 'The application as it is now.', rule: franchise.read });

/** A mutation that makes one move and takes nothing beside the application. */
export function step(
  builder: GuichetBuilder,
  move: FranchiseMove,
  description: string,
  run: (use: UseCase, franchiseId: string) => Promise<void>,
): void {
  builder.useCase(move, {
    description,
    rule: franchiseMoves.moves[move].who,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, move, id)),
    run: async (use, { franchiseId: id }) => {
      await run(use, id);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}
