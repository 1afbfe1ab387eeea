import {
  type GuichetBuilder,
  type InputMaker,
  invalid,
  invalidTransition,
  type PayloadFields,
  type RefusalType,
  types,
  type UseCase,
  versionConflict,
} from '@guichet/sdk';
import { ContractTemplate as Template } from './contract.entity.ts';
import type { ContractMove } from './contract.moves.ts';
import { addVersion, amendContract, draftContract } from './drafting.service.ts';
import { holdContract } from './holding.service.ts';
import { commentInside, commentShared, freezeContract, shareContract } from './negotiating.service.ts';
import { contract } from './permissions.ts';
import { Contract, ContractInternalComment, ContractReview, ContractSharedComment, ContractTemplate, ContractVersion } from './refs.ts';
import { requestReview } from './reviewing.service.ts';

const { read, inside, own } = contract;
/** A variable of a request holds no more; what is longer is sent as a file. */
export const MOST_TEXT = 30_000;
const LONGEST_KIND = 40;

export const contractId = (t: InputMaker) => t.globalId(Contract, { description: 'The contract.' });
export const theContract = (t: PayloadFields<{ contract: string }>) =>
  t.loaded(Contract, 'contract', { description: 'The contract as it is now.', rule: read });
const theVersion = (t: PayloadFields<{ contractVersion: string }>) =>
  t.loaded(ContractVersion, 'contractVersion', { description: 'The version.', rule: read });

/** What a contract says: a text, a file, or a template with values. */
function wording(t: InputMaker, Value: ReturnType<typeof valueInput>) {
  return {
    text: t.text({ description: 'What it says; what is longer is sent as a file.', max: MOST_TEXT, required: false }),
    uploadId: t.globalId(types.File, { description: 'A file in its place, sent for `CONTRACT_VERSION`.', required: false }),
    templateId: t.globalId(ContractTemplate, { description: 'A template in its place.', required: false }),
    values: t.listOf(Value, { description: 'Values of the template’s variables, one each.', required: false, most: 100 }),
    note: t.text({ description: 'What has changed; read inside.', max: 2_000, required: false }),
  };
}
const valueInput = (builder: GuichetBuilder) =>
  builder.inputType('ContractValueInput', {
    description: 'The value of a variable of a template.',
    fields: (t) => ({
      name: t.text({ description: 'Name of the variable.', max: 100 }),
      value: t.text({ description: 'What stands in its place.', max: 10_000 }),
    }),
  });

/** What else the input names is found before anything is asked of the contract. */
async function findWording(
  use: UseCase,
  { templateId, uploadId }: { readonly templateId?: string; readonly uploadId?: string },
): Promise<void> {
  if (uploadId !== undefined) await use.find('File', uploadId, ['input', 'uploadId']);
  if (templateId !== undefined) await use.find('ContractTemplate', templateId, ['input', 'templateId']);
}

/** Drafting, and what happens until a contract is frozen. */
export function draftingMutations(builder: GuichetBuilder): void {
  const Value = valueInput(builder);
  builder.useCase('draftContract', {
    description: 'Drafts a contract with a contact, for which you answer from now on.',
    rule: contract.draft,
    doesOnce: true,
    input: (t) => ({
      contactId: t.globalId(types.Contact, { description: 'With whom.' }),
      title: t.name({ description: 'What it is about.', max: 200 }),
      kind: t.name({ description: 'Of which kind it is, such as `SALES`.', max: LONGEST_KIND }),
      amount: t.money({ description: 'What it is worth.', least: 0 }),
      startsOn: t.day({ description: 'Its first day.' }),
      endsOn: t.day({ description: 'Its last day; left out: it has none.', required: false }),
      renewsMonths: t.integer({ description: 'Months that it goes on for when it ends.', min: 1, max: 120, required: false }),
      noticeDays: t.integer({ description: 'Working days of notice; 30 where it is left out.', min: 0, max: 250, required: false }),
      ownName: t.name({ description: 'What the organization is called in it.', max: 200 }),
      counterpartyName: t.name({ description: 'What the other side is called in it.', max: 200 }),
      counterpartyCode: t.text({ description: 'Credit code of the other side.', max: 40, required: false }),
      counterpartyAddress: t.text({ description: 'Address of the other side.', max: 300, required: false }),
      ...wording(t, Value),
    }),
    guard: async (use, given) => {
      await use.find('Contact', given.contactId, ['input', 'contactId']);
      await findWording(use, given);
    },
    run: async (use, { text, uploadId, templateId, values, note, ...draft }) => ({
      contract: await draftContract(use, draft, { text, uploadId, templateId, values, note }),
    }),
    success: (t) => ({ contract: theContract(t) }),
  });
  builder.useCase('addContractVersion', {
    description: 'Words a contract anew. It is to be reviewed again; what was signed is void, and everybody who was to sign is told.',
    rule: own,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      expectedVersion: t.integer({ description: 'The `version` of the contract that you read.' }),
      ...wording(t, Value),
    }),
    refusals: [invalidTransition, versionConflict],
    guard: async (use, given) => {
      await findWording(use, given);
      await holdContract(use, 'addVersion', given.contractId);
    },
    run: (use, given) => addVersion(use, given),
    success: (t) => ({ contract: theContract(t), contractVersion: theVersion(t) }),
  });
  builder.useCase('amendContract', {
    description:
      'Drafts an amendment: a contract of its own with the same parties, which takes the place of the other when all have signed it.',
    rule: own,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), title: t.name({ description: 'What it is about.', max: 200 }), ...wording(t, Value) }),
    refusals: [invalidTransition],
    guard: async (use, given) => {
      await findWording(use, given);
      await holdContract(use, 'amend', given.contractId);
    },
    run: async (use, given) => ({ contract: await amendContract(use, given) }),
    success: (t) => ({ contract: theContract(t) }),
  });
  declareSteps(builder);
  declareComments(builder);
  declareTemplates(builder);
}

/** A mutation that makes one move and takes nothing beside the contract. */
function step<Done extends { readonly contract: string }>(
  builder: GuichetBuilder,
  name: string,
  move: ContractMove,
  {
    description,
    run,
    success,
  }: { description: string; run(use: UseCase, id: string): Promise<Done>; success(t: PayloadFields<Done>): object },
): void {
  builder.useCase(name, {
    description,
    rule: own,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t) }),
    refusals: [invalidTransition] as readonly RefusalType<never>[],
    guard: async (use, { contractId: id }) => void (await holdContract(use, move, id)),
    run: (use, { contractId: id }) => run(use, id),
    success: success as never,
  });
}

function declareSteps(builder: GuichetBuilder): void {
  step(builder, 'requestContractReview', 'requestReview', {
    description: 'Gives what is current to the reviewers: legal, and finance from an amount on. A review before it is taken back.',
    run: requestReview,
    success: (t) => ({ contract: theContract(t), review: t.loaded(ContractReview, 'review', { description: 'The form.', rule: inside }) }),
  });
  step(builder, 'shareContract', 'share', {
    description: 'Shares what is current with the counterparty, which sees nothing of a contract before.',
    run: shareContract,
    success: (t) => ({ contract: theContract(t), contractVersion: theVersion(t) }),
  });
  step(builder, 'freezeContract', 'freeze', {
    description: 'Fixes what was approved, and its hash: whatever changes afterwards is a new version.',
    run: async (use, id) => {
      await freezeContract(use, id);
      return { contract: id };
    },
    success: (t) => ({ contract: theContract(t) }),
  });
}

function declareComments(builder: GuichetBuilder): void {
  const text = (t: InputMaker) => t.text({ description: 'What you say.', max: 5_000 });
  builder.useCase('commentOnContract', {
    description: 'Says something inside about what is current.',
    rule: inside,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), text: text(t) }),
    guard: (use, { contractId: id }) => use.authorize('Contract', id, inside, { path: ['input', 'contractId'] }),
    run: (use, given) => commentInside(use, given),
    success: (t) => ({ comment: t.loaded(ContractInternalComment, 'comment', { description: 'The comment.', rule: inside }) }),
  });
  builder.useCase('commentOnSharedContract', {
    description: 'Says something to the other side, on the last version that both have.',
    rule: contract.both,
    doesOnce: true,
    input: (t) => ({ contractId: contractId(t), text: text(t) }),
    guard: (use, { contractId: id }) => use.authorize('Contract', id, contract.both, { path: ['input', 'contractId'] }),
    run: (use, given) => commentShared(use, given),
    success: (t) => ({ comment: t.loaded(ContractSharedComment, 'comment', { description: 'The comment.', rule: read }) }),
  });
  builder.useCase('proposeContractEdit', {
    description: 'The counterparty proposes another wording of the last version that it has.',
    rule: contract.counterparty,
    doesOnce: true,
    input: (t) => ({
      contractId: contractId(t),
      text: t.text({ description: 'Why.', max: 5_000 }),
      proposedText: t.text({ description: 'The wording.', max: MOST_TEXT }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { contractId: id }) => void (await holdContract(use, 'proposeEdit', id)),
    run: (use, given) => commentShared(use, given),
    success: (t) => ({ comment: t.loaded(ContractSharedComment, 'comment', { description: 'The proposal.', rule: read }) }),
  });
}

function declareTemplates(builder: GuichetBuilder): void {
  const Clause = builder.inputType('ContractClauseInput', {
    description: 'A clause that a template is to have.',
    fields: (t) => ({
      heading: t.name({ description: 'Its heading.', max: 200 }),
      text: t.text({ description: 'Its text, with variables such as {{price}}.', max: 20_000 }),
    }),
  });
  builder.useCase('addContractTemplate', {
    description: 'Adds a template of contracts.',
    rule: contract.manage,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Its name.', max: 100 }),
      kind: t.name({ description: 'For which kind of contract.', max: LONGEST_KIND }),
      clauses: t.listOf(Clause, { description: 'Its clauses, in their order.', least: 1, most: 100 }),
    }),
    run: async (use, given) => {
      use.refuseTaken('templates_name', () => nameTaken());
      return { template: use.em.create(Template, given).id };
    },
    success: (t) => ({ template: t.loaded(ContractTemplate, 'template', { description: 'The template.', rule: contract.templates }) }),
  });
}
const nameTaken = () => invalid(['input', 'name'], 'TAKEN', { en: 'This name is in use already.', 'zh-CN': '该名称已被使用。' });
