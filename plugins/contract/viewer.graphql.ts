import { type GuichetBuilder, types } from '@guichet/sdk';
import { contractId, theContract } from './drafting.graphql.ts';
import { contract } from './permissions.ts';
import { addViewer, removeViewer } from './viewer.service.ts';

const { own } = contract;

/** Who looks on for the counterparty. */
export function viewerMutations(builder: GuichetBuilder): void {
  const acts = [
    [
      'addContractViewer',
      'Lets another contact of the counterparty’s company look on for it: they read what it reads, and say and sign nothing.',
      addViewer,
    ],
    ['removeContractViewer', 'A contact looks on no more.', removeViewer],
  ] as const;
  for (const [name, description, run] of acts)
    builder.useCase(name, {
      description,
      rule: own,
      doesOnce: true,
      input: (t) => ({ contractId: contractId(t), contactId: t.globalId(types.Contact, { description: 'Who.' }) }),
      guard: async (use, { contractId: id, contactId }) => {
        await use.find('Contact', contactId, ['input', 'contactId']);
        await use.authorize('Contract', id, own, { path: ['input', 'contractId'] });
      },
      run: async (use, { contractId: id, contactId }) => {
        await run(use, id, contactId);
        return { contract: id };
      },
      success: (t) => ({ contract: theContract(t) }),
    });
}
