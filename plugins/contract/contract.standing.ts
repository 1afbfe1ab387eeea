import { type Sql, sql } from '@guichet/sdk';
import type { ContractState } from './contract.moves.ts';

/** As long as it can be worded anew, who has it inside is nothing to the counterparty: it is spoken about. */
const SPOKEN_ABOUT: ReadonlySet<ContractState> = new Set(['DRAFT', 'INTERNAL_REVIEW', 'REVISING', 'NEGOTIATION']);

/** Where a contract stands for those outside. */
export const standingOutside = (state: ContractState): ContractState => (SPOKEN_ABOUT.has(state) ? 'NEGOTIATION' : state);

/** The same over a row. */
export const shownState = (state: Sql): Sql =>
  sql`case when ${state} in ('DRAFT', 'INTERNAL_REVIEW', 'REVISING') then 'NEGOTIATION' else ${state} end`;
