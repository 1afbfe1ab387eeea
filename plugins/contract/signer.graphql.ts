import { exists, type GuichetBuilder, sql } from '@guichet/sdk';
import { signers } from './contract.entity.ts';
import { counterparties } from './counterparty.entity.ts';
import { contract } from './permissions.ts';
import { Contract, ContractCounterparty, ContractSide, ContractSigner, ContractSignerState, ContractSigningMethod } from './refs.ts';

const { read, parties, inside } = contract;
const PHONE = 'The phone that the code went to, in part.';

/** Who signs. */
export function signerType(builder: GuichetBuilder): void {
  builder.words(ContractSignerState);
  builder.words(ContractSigningMethod);
  builder.entity(ContractSigner, {
    description: 'Somebody who is to sign a contract, or has.',
    roles: builder.rolesThrough(Contract, signers, 'contract_id', read.roles),
    listedFor: read.roles,
    orders: { POSITION: { column: 'position', rule: read, description: 'In the order of signing.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      position: t.column('position', { description: 'The first is 1.', rule: read }),
      side: t.column('side', { type: ContractSide, description: 'For which side.', rule: read }),
      name: t.column('name', { description: 'As the contract names them.', rule: read }),
      role: t.column('role', { description: 'As what they sign.', rule: read }),
      isSeal: t.column('is_seal', { description: 'Whether they sign for the seal, behind all others inside.', rule: read }),
      onBehalfOf: t.column('on_behalf_of', { description: 'In whose place they sign.', rule: read }),
      state: t.column('state', { type: ContractSignerState, description: 'Where it stands.', rule: read }),
      signedAt: t.column('signed_at', { description: 'When they signed.', rule: read }),
      sha256: t.column('sha256', { description: 'Hash of what they signed.', rule: read }),
      method: t.column('method', { type: ContractSigningMethod, description: 'How they signed.', rule: read }),
      phoneMasked: t.onEach({
        staff: t.column('phone_masked', { surface: 'staff', description: PHONE, rule: read }),
        portal: t.expression(
          'String',
          (row, seat) =>
            sql`case when ${row.side} = 'OWN' or ${row.seat_id} = ${seat.me} or not ${exists(
              row,
              { further: counterparties },
              ({ further }) => sql`${further.contract_id} = ${row.contract_id}`,
            )} then ${row.phone_masked} end`,
          { surface: 'portal', description: `${PHONE} Of several counterparties none is told another’s.`, rule: read },
        ),
      }),
      counterparty: t.relation(ContractCounterparty, 'counterparty_id', {
        description: 'For which further counterparty they sign; null: for the first, or inside.',
        rule: read,
      }),
      evidenceId: t.column('evidence_id', { description: 'Of the evidence that the server keeps for good.', rule: inside }),
      reason: t.column('reason', { description: 'Why they would not sign.', rule: parties }),
    }),
  });
}
