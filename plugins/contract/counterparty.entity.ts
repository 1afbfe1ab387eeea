import { randomUUID } from 'node:crypto';
import { refs, tenantEntity } from '@guichet/sdk';
import { Contract } from './contract.entity.ts';

/** A further counterparty: a contact, and what its party is called, as the contract says it. The first stands in the contract itself. */
export const Counterparty = tenantEntity(
  'plg_contract.counterparties',
  (t) => ({
    contractId: t.idOf(() => Contract),
    contactId: t.idOf(() => refs.Contact),
    /** The first of a contract is 1: the further ones begin with 2. */
    position: t.integer(),
    legalName: t.text(),
    creditCode: t.text().nullable(),
    address: t.text().nullable(),
  }),
  {
    indexes: {
      counterparties_one: { columns: ['contractId', 'contactId'], unique: true },
      counterparties_position: { columns: ['contractId', 'position'], unique: true },
      counterparties_contact: { columns: ['contactId', 'contractId'] },
    },
  },
);

/** A party wants a contract void, or ended before its time. */
export const Consent = tenantEntity('plg_contract.consents', (t) => ({
  contractId: t.idOf(() => Contract).primary(),
  matter: t.oneOf('VOID', 'END').primary(),
  /** The contact whose party it is; of the own side the organization. */
  partyId: t.uuid().primary(),
  at: t.timestamptz(),
}));

export const counterparties = Counterparty.table;

/** Of no moment, as other ids are: who is shown a contract later would read from it when its parties were thought over inside. */
export const newPartyId = (): string => randomUUID();
