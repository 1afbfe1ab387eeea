import { ContractTemplateRef } from '@guichet/plugin-contract';
import { type GuichetBuilder, invalidTransition, notFound, types } from '@guichet/sdk';
import { OpeningTask } from './closing.entity.ts';
import { completeOpeningTask, startContract } from './contracting.service.ts';
import { recordDeposit, refundDeposit } from './deposit.service.ts';
import { sendDisclosure } from './disclosing.service.ts';
import { franchiseTerritoryNotAvailable, franchiseTooEarly } from './franchise.errors.ts';
import { holdFor } from './holding.service.ts';
import { franchise } from './permissions.ts';
import { FranchiseDeposit, FranchiseDisclosure, FranchiseOpeningTask } from './refs.ts';
import { franchiseId, theApplication } from './steps.graphql.ts';

const { recruit, finance, disclose, read, money } = franchise;
const MOST_TEXT = 30_000;

/** From the committee’s word to the open store. */
export function closingMutations(builder: GuichetBuilder): void {
  declareDeposit(builder);
  builder.useCase('sendDisclosure', {
    description:
      'Discloses what the law of the territory’s country asks for. The days until the first lawful day to sign begin, each time anew.',
    rule: disclose,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      text: t.text({ description: 'What is disclosed; what is longer is sent as a file.', max: MOST_TEXT, required: false }),
      uploadId: t.globalId(types.File, { description: 'A file in its place, sent for `FRANCHISE_DISCLOSURE`.', required: false }),
      isRenewal: t.flag({ description: 'Whether it is a renewal on the same terms, which waits for nothing.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id, uploadId }) => {
      if (uploadId !== undefined) await use.find('File', uploadId, ['input', 'uploadId']);
      await holdFor(use, 'sendDisclosure', id);
    },
    run: async (use, { isRenewal = false, ...given }) => ({
      disclosure: await sendDisclosure(use, { ...given, isRenewal }),
      application: given.franchiseId,
    }),
    success: (t) => ({
      application: theApplication(t),
      disclosure: t.loaded(FranchiseDisclosure, 'disclosure', { description: 'What was disclosed.', rule: read }),
    }),
  });
  declareContract(builder);
  builder.useCase('completeOpeningTask', {
    description: 'Ticks off what the opening needs; the last one opens the store.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      openingTaskId: t.globalId(FranchiseOpeningTask, { description: 'What is done, of this application.' }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id, openingTaskId }) => {
      await use.find('FranchiseOpeningTask', openingTaskId, ['input', 'openingTaskId']);
      await holdFor(use, 'completeOpeningTask', id);
      const found = await use.em.findOne(OpeningTask, { id: openingTaskId, applicationId: id });
      if (!found) throw notFound({}, ['input', 'openingTaskId']);
      return found;
    },
    run: async (use, { franchiseId: id }, task) => {
      await completeOpeningTask(use, id, task);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}

function declareDeposit(builder: GuichetBuilder): void {
  builder.useCase('recordDeposit', {
    description: 'Writes down that the deposit of an applicant has come.',
    rule: finance,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      amount: t.money({ description: 'How much.', least: 1 }),
      receivedOn: t.day({ description: 'When.' }),
      reference: t.name({ description: 'By which it is found in the books.', max: 100 }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'recordDeposit', id)),
    run: async (use, given) => ({ deposit: await recordDeposit(use, given), application: given.franchiseId }),
    success: (t) => ({
      application: theApplication(t),
      deposit: t.loaded(FranchiseDeposit, 'deposit', { description: 'The deposit.', rule: money }),
    }),
  });
  builder.useCase('refundDeposit', {
    description: 'Writes down that the deposit has gone back.',
    rule: finance,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), refundedOn: t.day({ description: 'When.' }) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'refundDeposit', id)),
    run: async (use, { franchiseId: id, refundedOn }) => ({ deposit: await refundDeposit(use, id, refundedOn), application: id }),
    success: (t) => ({
      application: theApplication(t),
      deposit: t.loaded(FranchiseDeposit, 'deposit', { description: 'The deposit.', rule: money }),
    }),
  });
}

function declareContract(builder: GuichetBuilder): void {
  const Value = builder.inputType('FranchiseContractValueInput', {
    description: 'The value of a variable of a template of contracts.',
    fields: (t) => ({
      name: t.text({ description: 'Name of the variable.', max: 100 }),
      value: t.text({ description: 'What stands in its place.', max: 10_000 }),
    }),
  });
  builder.useCase('startContract', {
    description:
      'Drafts the contract in the app of contracts, for which you answer there. Not before the first lawful day, and only while the territory is kept and the deposit is there.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      title: t.name({ description: 'What the contract is about.', max: 200 }),
      amount: t.money({ description: 'What it is worth.', least: 0 }),
      ownName: t.name({ description: 'What the organization is called in it.', max: 200 }),
      startsOn: t.day({ description: 'Its first day.' }),
      endsOn: t.day({ description: 'Its last day; left out: it has none.', required: false }),
      renewsMonths: t.integer({
        description: 'Months that it goes on for on the same terms when it ends, without another disclosure.',
        min: 1,
        max: 120,
        required: false,
      }),
      noticeDays: t.integer({ description: 'Working days of notice; 30 where it is left out.', min: 0, max: 250, required: false }),
      text: t.text({ description: 'What it says.', max: MOST_TEXT, required: false }),
      templateId: t.globalId(ContractTemplateRef, { description: 'A template in its place.', required: false }),
      values: t.listOf(Value, { description: 'Values of the template’s variables, one each.', required: false, most: 100 }),
    }),
    refusals: [invalidTransition, franchiseTooEarly, franchiseTerritoryNotAvailable],
    guard: async (use, { franchiseId: id, templateId }) => {
      if (templateId !== undefined) await use.find('ContractTemplate', templateId, ['input', 'templateId']);
      await holdFor(use, 'startContract', id);
    },
    run: async (use, { franchiseId: id, text, templateId, values, ...terms }) => {
      await startContract(use, id, terms, { text, templateId, values });
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}
