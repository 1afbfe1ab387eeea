import { type GuichetBuilder, invalidTransition, sql, types, valueFrom } from '@guichet/sdk';
import { contracts, signers } from './contract.entity.ts';
import { counterparties } from './counterparty.entity.ts';
import { addCounterparty, removeCounterparty } from './counterparty.service.ts';
import { contractId, theContract } from './drafting.graphql.ts';
import { holdContract } from './holding.service.ts';
import { contract } from './permissions.ts';
import { Contract, ContractCounterparty } from './refs.ts';

const { read, inside, own } = contract;
const SUCCESS = { description: 'The counterparty.', rule: read };

/** Counterparties beside the first. What the others read of one is what the contract says of it, and whether it has signed. */
export function counterpartyType(builder: GuichetBuilder): void {
  builder.entity(ContractCounterparty, {
    description: 'A counterparty of a contract beside the first.',
    roles: builder.rolesThrough(Contract, counterparties, 'contract_id', read.roles),
    listedFor: read.roles,
    orders: { POSITION: { column: 'position', rule: read, description: 'In the order of the contract.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      position: t.column('position', { description: 'The first counterparty of the contract is 1, these begin with 2.', rule: inside }),
      legalName: t.column('legal_name', { description: 'What it is called in the contract.', rule: read }),
      creditCode: t.column('credit_code', { description: 'Its credit code.', rule: read }),
      address: t.column('address', { description: 'Its address.', rule: read }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The contact that it is.', rule: inside }),
      hasSigned: t.expression(
        'Boolean',
        (row) =>
          valueFrom(row, { signer: signers, of: contracts }, ({ signer, of }) => ({
            value: sql`count(*) > 0`,
            where: sql`${signer.counterparty_id} = ${row.id} and ${of.id} = ${row.contract_id} and ${signer.contract_id} = ${of.id}
              and ${signer.round} = ${of.round} and ${signer.state} = 'SIGNED'`,
          })),
        { description: 'Whether somebody’s signature for it stands.', rule: read, nullable: false },
      ),
    }),
  });
}

/** A draft is made with more counterparties, or fewer. */
export function counterpartyMutations(builder: GuichetBuilder): void {
  builder.useCase('addContractCounterparty', {
    description: 'Makes a draft with one counterparty more: it reads what is shared, comments, proposes and signs, as the first does.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      contactId: t.globalId(types.Contact, { description: 'The contact that it is.' }),
      legalName: t.name({ description: 'What it is called in the contract.', max: 200 }),
      creditCode: t.text({ description: 'Its credit code.', max: 40, required: false }),
      address: t.text({ description: 'Its address.', max: 300, required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { contractId: id, contactId }) => {
      await use.find('Contact', contactId, ['input', 'contactId']);
      await holdContract(use, 'addCounterparty', id);
    },
    run: async (use, given) => ({ contract: given.contractId, counterparty: await addCounterparty(use, given) }),
    success: (t) => ({ contract: theContract(t), counterparty: t.loaded(ContractCounterparty, 'counterparty', SUCCESS) }),
  });
  builder.useCase('removeContractCounterparty', {
    description: 'Makes a draft without a further counterparty.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      counterpartyId: t.globalId(ContractCounterparty, { description: 'The counterparty, of this contract.' }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { contractId: id, counterpartyId }) => {
      await use.find('ContractCounterparty', counterpartyId, ['input', 'counterpartyId']);
      await holdContract(use, 'removeCounterparty', id);
    },
    run: async (use, { contractId: id, counterpartyId }) => {
      await removeCounterparty(use, id, counterpartyId);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
}
