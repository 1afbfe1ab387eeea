import { ADMIN, COLLEAGUE, EXTERNAL, PARTICIPANT, type Role, rule } from '@guichet/sdk';

const employees = (name: string, description: string): Role => ({ name, bearer: 'EMPLOYEE', description });
/** Answers for the contract. */
export const DRAFTER = employees('CONTRACT_DRAFTER', 'The employee who drafted the contract and answers for it.');
/** Reads all contracts. */
export const REVIEWER = employees('CONTRACT_REVIEWER', 'An employee who reviews contracts, by CONTRACT_LEGAL or CONTRACT_FINANCE.');
/** Signs inside. */
export const SIGNER = employees('CONTRACT_SIGNER', 'An employee who signs the contract.');

/** Signs outside, which is another thing than to be the counterparty: whoever negotiates may let somebody else sign beside them. */
export const COUNTERSIGNER: Role = {
  name: 'CONTRACT_COUNTERSIGNER',
  bearer: 'CONTACT',
  description: 'A contact who signs the contract for the counterparty, as a member of the open window.',
};

/** Looks on outside: reads what the counterparty reads, and says and signs nothing. */
export const VIEWER: Role = {
  name: 'CONTRACT_VIEWER',
  bearer: 'CONTACT',
  description:
    'A contact of the counterparty’s company who looks on for it, once something was shared with it, as a member of the open window.',
};

/** What time does: nobody bears it. */
export const CLOCK = employees('CONTRACT_CLOCK', 'Nobody: what the server does when a day has come.');

/** Admin rights of the plugin. */
export const RIGHTS = {
  CONTRACT_LEGAL: 'Reviews contracts for the law, and reads all of them.',
  CONTRACT_FINANCE: 'Reviews contracts above an amount, and reads all of them.',
  CONTRACT_SEAL: 'Keeps the seal: signs contracts for it as the last inside.',
} as const;

const INSIDE = [ADMIN, DRAFTER, REVIEWER, SIGNER, PARTICIPANT];
const plugins = { right: 'PLUGINS', whole: true } as const;

export const contract = {
  read: rule('contract.read', {
    roles: [...INSIDE, EXTERNAL, VIEWER, COUNTERSIGNER],
    ...plugins,
    description:
      'Those inside who may read a contract, the counterparty and who looks on for it once something was shared with it, and contacts who sign it.',
  }),
  parties: rule('contract.parties', {
    roles: [...INSIDE, EXTERNAL, VIEWER],
    ...plugins,
    description: 'Those inside who may read a contract, the counterparty and who looks on for it; not who signs it and is none of these.',
  }),
  contact: rule('contract.contact', {
    roles: [...INSIDE, EXTERNAL],
    ...plugins,
    description: 'Those inside who may read a contract, and its counterparties themselves.',
  }),
  inside: rule('contract.inside', {
    roles: INSIDE,
    ...plugins,
    description: 'Whoever drafted it, reviews or signs it inside, takes part in its review, and admins with PLUGINS.',
  }),
  draft: rule('contract.draft', { roles: [COLLEAGUE], description: 'Every employee.' }),
  own: rule('contract.own', { roles: [DRAFTER], description: 'Whoever drafted the contract.' }),
  keep: rule('contract.keep', {
    roles: [ADMIN, DRAFTER],
    ...plugins,
    description: 'Whoever drafted the contract, and admins with PLUGINS.',
  }),
  counterparty: rule('contract.counterparty', { roles: [EXTERNAL], description: 'The contacts that the contract is made with.' }),
  both: rule('contract.both', { roles: [ADMIN, DRAFTER, EXTERNAL], ...plugins, description: 'Whoever answers for either side.' }),
  sign: rule('contract.sign', { roles: [SIGNER, COUNTERSIGNER], description: 'Whoever is to sign, inside and outside.' }),
  seal: rule('contract.seal', { roles: [SIGNER], description: 'Whoever signs for the seal: employees with CONTRACT_SEAL.' }),
  clock: rule('contract.clock', { roles: [CLOCK], description: 'The server by itself, when a day has come.' }),
  notified: rule('contract.notified', { roles: [COLLEAGUE, EXTERNAL], description: 'Whoever was told of the contract.' }),
  reviewed: rule('contract.reviewed', { roles: [PARTICIPANT], description: 'Whoever takes part in the review: they read its contract.' }),
  templates: rule('contract.templates', { roles: [COLLEAGUE], description: 'Every employee.' }),
  manage: rule('contract.manage', { roles: [ADMIN], ...plugins, description: 'Admins with PLUGINS for the whole organization.' }),
  verify: rule('contract.verify', { roles: [COLLEAGUE, EXTERNAL], description: 'Every seat.' }),
};
