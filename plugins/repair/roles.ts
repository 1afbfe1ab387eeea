import type { Role } from '@guichet/sdk';

const employees = (name: string, description: string): Role => ({ name, bearer: 'EMPLOYEE', description });

/** Rights of the plugin, each with what it is for. */
export const rights = {
  REPAIR_TRIAGE: 'Looks at repairs that come in, says how urgent they are, asks customers; keeps the assets.',
  REPAIR_QUOTE: 'Makes quotes for repairs.',
  REPAIR_DISPATCH: 'Plans the visits of technicians and sends them.',
  REPAIR_PARTS: 'Keeps the stock of parts.',
} as const;

export const TRIAGER = employees('REPAIR_TRIAGER', 'An employee with the right REPAIR_TRIAGE for the whole organization.');
export const QUOTER = employees('REPAIR_QUOTER', 'An employee with the right REPAIR_QUOTE for the whole organization.');
export const DISPATCHER = employees('REPAIR_DISPATCHER', 'An employee with the right REPAIR_DISPATCH for the whole organization.');
export const PARTS_KEEPER = employees('REPAIR_PARTS_KEEPER', 'An employee with the right REPAIR_PARTS for the whole organization.');
/** It hangs on the visit: whoever had the visit before it was given to somebody else is none. */
export const TECHNICIAN = employees('REPAIR_TECHNICIAN', 'The employee who is sent on the visit, or on a visit of the repair.');
/** From dispatch to close. */
export const ON_DUTY = employees('REPAIR_ON_DUTY', 'The technician of a visit that is under way: dispatched, and not over.');
