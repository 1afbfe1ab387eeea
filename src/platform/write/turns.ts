import type { Transaction } from '../database/transaction.ts';

/** Turns are taken for a transaction, by name; a name begins with the organization's id. */
const ask = (name: string, text: string) => async (transaction: Transaction, turn: string) => {
  await transaction.client.query({ name, text, values: [turn] });
};
/** Waits for everybody who has the turn, alone or with others, and has it alone until the end. */
export const takeTurn = ask('take_turn', 'select pg_advisory_xact_lock(hashtextextended($1, 0))');
/** Waits for whoever has it alone, and has it together with all others who share it. */
export const shareTurn = ask('share_turn', 'select pg_advisory_xact_lock_shared(hashtextextended($1, 0))');

/** Acts of a plugin share its turn; who switches the plugin or sets it takes it. */
export const turnOfPlugin = (module: string): string => `plugin:${module}`;
