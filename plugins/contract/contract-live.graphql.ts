import { encodeGlobalId, type GuichetBuilder, sql, types } from '@guichet/sdk';
import { contract } from './permissions.ts';
import { Contract } from './refs.ts';
import { contractTopic } from './telling.ts';

const { read } = contract;

/** What happens to contracts, live, and what notifications of them lead to. */
export function contractLive(builder: GuichetBuilder): void {
  builder.live('myContracts', {
    description:
      'Contracts, live: one has moved, was shared or commented on, or somebody signs it. The counterparty is told of what both sides know.',
    rule: read,
    topic: contractTopic,
    event: 'MyContractsEvent',
    eventDescription: 'Something happened to a contract: `MOVED`, `VERSION_SHARED`, `COMMENTED`, `SIGNER_CHANGED`.',
    stream: ({ id, kind, organizationId }) => ({
      stream: kind === 'CONTACT' ? id : organizationId,
      payload: ({ subjectId }) => ({ contractId: subjectId }),
    }),
    fields: (t) => ({
      contractId: t.id({
        description: 'Id of the contract.',
        rule: read,
        resolve: ({ contractId }) => encodeGlobalId('Contract', contractId),
      }),
      contract: t.loaded(Contract, 'contractId', { description: 'The contract as it is now.', rule: read }),
    }),
  });
  builder.entityFields(types.Notification, (t) => ({
    contract: t.one(Contract, {
      on: (of, row) => sql`${row.id} = ${of.subject_id}`,
      description: 'The contract that it is about; null where it is about none, or you can no longer see it.',
      rule: contract.notified,
    }),
  }));
}
