import { type Account, openOf } from './payment.rules.ts';

/** What an order owes its company: nothing where it has come to nothing, and nothing where more was paid than it costs. */
export const owedOf = ({ state, ...account }: Account & { readonly state: string }): number =>
  state === 'REJECTED' || state === 'CANCELLED' ? 0 : Math.max(openOf(account), 0);
