import { type GuichetBuilder, type InputMaker, invalidTransition } from '@guichet/sdk';
import { contractId, theContract } from './drafting.graphql.ts';
import { terminateContract, voidContract } from './ending.service.ts';
import { holdContract, sideOf } from './holding.service.ts';
import { addObligation, completeObligation, findObligation } from './obligation.service.ts';
import { contract } from './permissions.ts';
import { ContractObligation, ContractSide } from './refs.ts';

const { read, own, both } = contract;
const reason = (t: InputMaker) => t.text({ description: 'Why.', max: 1_000 });

/** How a contract ends, and what is to be done until then. */
export function endingMutations(builder: GuichetBuilder): void {
  declareEnding(builder);
  declareObligations(builder);
}

function declareEnding(builder: GuichetBuilder): void {
  builder.useCase('voidContract', {
    description: 'Makes a contract void that is not in force. Once somebody has signed, both sides have to say so; the other is asked.',
    rule: both,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), reason: reason(t) }),
    refusals: [invalidTransition],
    guard: async (use, { contractId: id }) => void (await holdContract(use, sideOf(use) === 'OWN' ? 'void' : 'voidTogether', id)),
    run: async (use, { contractId: id, reason: why }) => {
      await voidContract(use, id, why);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
  builder.useCase('terminateContract', {
    description:
      'Asks to end a contract before its time, with its days of notice, or agrees to the day that another party has named. A day that all have agreed stands.',
    rule: both,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), endsOn: t.day({ description: 'Its last day.' }), reason: reason(t) }),
    refusals: [invalidTransition],
    guard: async (use, { contractId: id }) => void (await holdContract(use, 'terminate', id)),
    run: async (use, given) => {
      await terminateContract(use, given);
      return { contract: given.contractId };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
}

function declareObligations(builder: GuichetBuilder): void {
  const success = { description: 'The obligation.', rule: read };
  builder.useCase('addContractObligation', {
    description: 'Writes down what one side has to do by a day. Seven, three and one day before it is reminded of.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      title: t.name({ description: 'What is to be done.', max: 200 }),
      side: t.choice(ContractSide, { description: 'By which side.' }),
      dueOn: t.day({ description: 'By which day.' }),
    }),
    guard: (use, { contractId: id }) => use.authorize('Contract', id, own, { path: ['input', 'contractId'] }),
    run: (use, given) => addObligation(use, given),
    success: (t) => ({ obligation: t.loaded(ContractObligation, 'obligation', success) }),
  });
  builder.useCase('completeContractObligation', {
    description: 'Says that it is done.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      obligationId: t.globalId(ContractObligation, { description: 'The obligation, of this contract.' }),
    }),
    guard: async (use, { contractId: id, obligationId }) => {
      await use.find('ContractObligation', obligationId, ['input', 'obligationId']);
      await use.authorize('Contract', id, own, { path: ['input', 'contractId'] });
      await findObligation(use, id, obligationId);
    },
    run: (use, { obligationId }) => completeObligation(use, obligationId),
    success: (t) => ({ obligation: t.loaded(ContractObligation, 'obligation', success) }),
  });
}
