import { type GuichetBuilder, type InputMaker, invalidTransition, signingCodeRefused, types, windowSuspended } from '@guichet/sdk';
import { contractChanged, contractNotYourTurn, contractSigningOver } from './contract.errors.ts';
import { contractId, theContract } from './drafting.graphql.ts';
import { holdContract } from './holding.service.ts';
import { contract } from './permissions.ts';
import { ContractCounterparty, ContractSigner, ContractSigningOrder } from './refs.ts';
import { findSigners } from './signer-naming.service.ts';
import {
  declineContract,
  holdAsSigner,
  recordPaperSignature,
  refuseOtherHash,
  requestSigningCode,
  sendForSigning,
  signContract,
  waitingSigner,
} from './signing.service.ts';
import { delegateSignature, extendSigning } from './signing-terms.service.ts';

const { read, own, sign, keep } = contract;
const SIGNING = [invalidTransition, contractSigningOver, contractNotYourTurn];
const reason = (t: InputMaker) => t.text({ description: 'Why.', max: 1_000 });
const sha256 = (t: InputMaker) => t.text({ description: '`sha256` of the version that you were shown: what you sign.', min: 64, max: 64 });
const expiresAt = (t: InputMaker) => t.instant({ description: 'Until when it can be signed.' });

/** Signing. */
export function signingMutations(builder: GuichetBuilder): void {
  const Named = builder.inputType('ContractSignerInput', {
    description: 'Somebody who is to sign: an employee or a contact.',
    fields: (t) => ({
      employeeId: t.globalId(types.Employee, { description: 'An employee.', required: false }),
      contactId: t.globalId(types.Contact, { description: 'A contact.', required: false }),
      counterpartyId: t.globalId(ContractCounterparty, {
        description:
          'For which further counterparty a contact signs who is not it; left out: for itself, or for the counterparty of whose company they are.',
        required: false,
      }),
      name: t.name({ description: 'As the contract names them.', max: 100 }),
      role: t.name({ description: 'As what they sign, such as “Director”.', max: 100 }),
      isSeal: t.flag({
        description: 'Whether they sign for the seal: an employee with CONTRACT_SEAL, behind all others inside.',
        required: false,
      }),
    }),
  });
  builder.useCase('sendContractForSigning', {
    description:
      'Sends a frozen contract to whoever signs it, of both sides; it is shared with them. In order, the one who is next is told.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      signers: t.listOf(Named, { description: 'Who signs, in their order.', least: 2, most: 20 }),
      order: t.choice(ContractSigningOrder, { description: 'In which order.' }),
      expiresAt: expiresAt(t),
    }),
    refusals: [invalidTransition, windowSuspended],
    guard: async (use, { contractId: id, signers }) => {
      await findSigners(use, signers);
      await holdContract(use, 'send', id);
    },
    run: async (use, given) => {
      await sendForSigning(use, given);
      return { contract: given.contractId };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
  builder.useCase('delegateContractSignature', {
    description: 'Names who signs in the place of somebody absent, of the same side; the signature says for whom.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      signerId: t.globalId(ContractSigner, { description: 'The signature that is to come.' }),
      to: t.objectOf(Named, { description: 'Who signs.' }),
    }),
    refusals: [invalidTransition, contractSigningOver],
    guard: async (use, { contractId: id, signerId, to }) => {
      await use.find('ContractSigner', signerId, ['input', 'signerId']);
      if (to.employeeId) await use.find('Employee', to.employeeId, ['input', 'to', 'employeeId']);
      if (to.contactId) await use.find('Contact', to.contactId, ['input', 'to', 'contactId']);
      if (to.counterpartyId) await use.find('ContractCounterparty', to.counterpartyId, ['input', 'to', 'counterpartyId']);
      await holdContract(use, 'delegate', id);
      return waitingSigner(use, id, signerId);
    },
    run: async (use, { contractId: id, to }, found) => {
      await delegateSignature(use, found, to);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
  declareSigning(builder);
}

function declareSigning(builder: GuichetBuilder): void {
  builder.useCase('requestSigningCode', {
    description: 'Sends a code to your phone that signs this version of this contract, and nothing else.',
    rule: sign,
    input: (t) => ({ contractId: contractId(t), versionSha256: sha256(t) }),
    refusals: [...SIGNING, contractChanged],
    guard: async (use, { contractId: id, versionSha256 }) => {
      const found = await holdAsSigner(use, 'sign', id);
      await refuseOtherHash(use, found, versionSha256);
      return found;
    },
    run: async (use, { contractId: id, versionSha256 }, found) => {
      const { expiresAt: until, phoneMasked } = await requestSigningCode(use, found, versionSha256);
      return { contract: id, expiresAt: until.toISOString(), phoneMasked };
    },
    success: (t) => ({
      contract: theContract(t),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'Until when the code is good; an earlier one no longer is.',
        rule: read,
      }),
      phoneMasked: t.exposeString('phoneMasked', { description: 'Where it was sent, in part.', rule: read }),
    }),
  });
  builder.useCase('signContract', {
    description: 'Signs a contract by a code from `requestSigningCode`. What was shown must be what is to be signed, to the letter.',
    rule: sign,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      versionSha256: sha256(t),
      code: t.text({ description: 'The six digits; they can be tried five times.', max: 40 }),
    }),
    refusals: [...SIGNING, contractChanged, signingCodeRefused],
    guard: async (use, { contractId: id, versionSha256 }) => {
      const found = await holdAsSigner(use, 'sign', id);
      await refuseOtherHash(use, found, versionSha256);
      return found;
    },
    run: async (use, { contractId: id, versionSha256, code }, found) => {
      await signContract(use, found, { sha256: versionSha256, code });
      return { contract: id, signer: found.signer.id };
    },
    success: (t) => ({
      contract: theContract(t),
      signer: t.loaded(ContractSigner, 'signer', { description: 'Your signature.', rule: read }),
    }),
  });
  builder.useCase('declineContract', {
    description: 'Does not sign it, also before one’s turn: who drafted it and who has signed are told.',
    rule: sign,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), reason: reason(t) }),
    refusals: SIGNING,
    guard: (use, { contractId: id }) => holdAsSigner(use, 'decline', id),
    run: async (use, { contractId: id, reason: why }, found) => {
      await declineContract(use, found, why);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
  builder.useCase('recordPaperSignature', {
    description: 'Writes down that somebody has signed on paper, which you have seen.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      signerId: t.globalId(ContractSigner, { description: 'The signature that is to come.' }),
    }),
    refusals: SIGNING,
    guard: async (use, { contractId: id, signerId }) => {
      await use.find('ContractSigner', signerId, ['input', 'signerId']);
      await holdContract(use, 'recordPaper', id);
      return waitingSigner(use, id, signerId);
    },
    run: async (use, { contractId: id, signerId }, found) => {
      await recordPaperSignature(use, found);
      return { contract: id, signer: signerId };
    },
    success: (t) => ({
      contract: theContract(t),
      signer: t.loaded(ContractSigner, 'signer', { description: 'The signature.', rule: read }),
    }),
  });
  builder.useCase('extendSigning', {
    description: 'Gives more time to sign, also where it is over; everybody who is to sign is told.',
    rule: keep,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), expiresAt: expiresAt(t) }),
    refusals: [invalidTransition, windowSuspended],
    guard: async (use, { contractId: id }) => void (await holdContract(use, 'extend', id)),
    run: async (use, { contractId: id, expiresAt: until }) => {
      await extendSigning(use, id, until);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
}
