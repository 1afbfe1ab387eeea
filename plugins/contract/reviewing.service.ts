import { type FormKind, type FormMoved, formsService, invalid, type TemplateRequest, type UseCase } from '@guichet/sdk';
import { Contract, Review } from './contract.entity.ts';
import { amountText, needsFinance } from './contract.rules.ts';
import { currentOf, held } from './holding.service.ts';
import { settingsOf } from './settings.ts';
import { drafterOf, followMove, notify } from './telling.ts';

export const REVIEW = 'CONTRACT_REVIEW';
/** Reviews as a kind of form of the core. They are among colleagues, so no customer sees them; what comes of them is told by `formMoved`. */
export const reviewKind: FormKind = { kind: REVIEW, type: 'ContractReview', numberPrefix: 'CR', hasOwnMutation: true };

const TEMPLATE: TemplateRequest = {
  kind: REVIEW,
  name: 'Contract review',
  withConfirmation: false,
  isInside: true,
  fields: [
    { name: 'contract', label: 'Contract', type: 'TEXT', required: true },
    { name: 'kind', label: 'Kind', type: 'TEXT', required: true },
    { name: 'amount', label: 'Amount', type: 'TEXT', required: true },
    { name: 'legal', label: 'Legal review', type: 'YES_NO', required: true },
    { name: 'finance', label: 'Finance review', type: 'YES_NO', required: true },
  ],
  route: [
    { id: 'legal', name: 'Legal', right: 'CONTRACT_LEGAL', whenYes: 'legal' },
    { id: 'finance', name: 'Finance', right: 'CONTRACT_FINANCE', whenYes: 'finance' },
  ],
};
const ensureTemplate = (use: UseCase): Promise<void> => use.service(formsService).ensureTemplate(use, TEMPLATE);

/** Gives the version that is current to the reviewers; a review before it that is not decided is taken back, and all begins with the first. */
export async function requestReview(use: UseCase, contractId: string): Promise<{ contract: string; review: string }> {
  const row = await held(use, contractId);
  const version = await currentOf(use, row);
  if (row.approvedVersionId === version.id)
    throw invalid(['input', 'contractId'], 'APPROVED', { en: 'This version was approved already.', 'zh-CN': '该版本已通过审批。' });
  const forms = use.service(formsService);
  if (row.isInReview && row.formId) await forms.withdrawInside(use, row.formId);
  await ensureTemplate(use);
  const { financeFrom, withoutLegal } = await settingsOf(use);
  const { kind, amountMinor: amount, currency, number, title } = row;
  const finance = needsFinance(financeFrom, { amount, currency });
  const values = [
    { field: 'contract', text: `${number} ${title}` },
    { field: 'kind', text: kind },
    { field: 'amount', text: amountText({ amount, currency }) },
    { field: 'legal', yes: !(finance && withoutLegal.includes(kind)) },
    { field: 'finance', yes: finance },
  ];
  const { formId } = await forms.submitInside(use, {
    kind: REVIEW,
    values,
    attach: async ({ formId: id }) => {
      use.em.create(Review, { formId: id, contractId, versionId: version.id });
      await use.em.flush();
    },
  });
  const { state: from } = row;
  Object.assign(row, { formId, isInReview: true, state: 'INTERNAL_REVIEW' });
  await followMove(use, row, from);
  return { contract: contractId, review: formId };
}

/** A review of ours has moved: the contract follows, in the transaction of the step. */
export async function reviewMoved(use: UseCase, { formId, kind, move, turns }: FormMoved): Promise<void> {
  if (kind !== REVIEW) return;
  const review = await use.em.findOne(Review, { formId });
  if (!review) return; // it is being handed in
  const locked = await use
    .on(Contract)
    .selectFrom('plg_contract.contracts')
    .select('id')
    .where('id', '=', review.contractId)
    .where('form_id', '=', formId)
    .where('is_in_review', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) return; // another review has taken its place
  const row = await use.em.findOneOrFail(Contract, review.contractId);
  const { state: from } = row;
  if (move === 'COMPLETED') {
    Object.assign(row, { state: 'NEGOTIATION', approvedVersionId: review.versionId, isInReview: false });
    await notify(use, row, 'APPROVED', drafterOf(row));
  } else if (move === 'RETURNED' && turns.length === 0) {
    row.state = 'REVISING';
    await notify(use, row, 'RETURNED', drafterOf(row));
  } else if (move === 'RESUBMITTED') {
    row.state = 'INTERNAL_REVIEW';
    review.versionId = row.currentVersionId as string;
  } else if (ENDS.has(move)) {
    Object.assign(row, { state: 'REVISING', isInReview: false });
    if (move !== 'WITHDRAWN') await notify(use, row, 'RETURNED', drafterOf(row));
  } else return;
  await followMove(use, row, from);
}
const ENDS = new Set<FormMoved['move']>(['REJECTED', 'WITHDRAWN', 'ENDED']);
