import type { Comparison } from './template-body.ts';

const PRESENCE: readonly Comparison[] = ['FILLED', 'EMPTY'];
const SAME: readonly Comparison[] = ['EQ', 'NE', ...PRESENCE];
const ORDERED: readonly Comparison[] = [...SAME, 'LT', 'LTE', 'GT', 'GTE'];
const CHOSEN: readonly Comparison[] = [...SAME, 'IN'];
const BY_KIND: Readonly<Record<string, readonly Comparison[]>> = {
  TEXT: SAME,
  PHONE: SAME,
  EMAIL: SAME,
  URL: SAME,
  EMPLOYEE: SAME,
  NUMBER: ORDERED,
  MONEY: ORDERED,
  DATE: ORDERED,
  YES_NO: SAME,
  CHOICE: CHOSEN,
  CHOICES: CHOSEN,
  CASCADE: CHOSEN,
  EXPLANATION: [],
};

/** Comparisons that take no value. */
export const isOfPresence = (op: Comparison): boolean => PRESENCE.includes(op);
/** How conditions may compare fields of a kind; of all others, plugins’ too, whether they are filled in. */
export const comparisonsOfKind = (kind: string): readonly Comparison[] => BY_KIND[kind] ?? PRESENCE;
