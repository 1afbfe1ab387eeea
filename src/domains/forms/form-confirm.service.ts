import type { UseCase } from '../../sdk/index.ts';
import { enterWindow } from '../service-window/index.ts';
import { formMoveNotAllowed } from './form.refusals.ts';
import { type FormRow, lockForm, writeHistory } from './form-step.service.ts';
import { form as rules } from './permissions.ts';
import { completeForm } from './task-decision.service.ts';

export async function holdForm(use: UseCase, { formId }: { readonly formId: string }): Promise<FormRow> {
  await enterWindow(use);
  await use.authorize('BusinessForm', formId, rules.confirm, { path: ['input', 'formId'] });
  return lockForm(use, formId);
}

/** The customer's last word (spec 6.2). @throws FormMoveNotAllowed unless it is asked for. */
export async function confirmForm(use: UseCase, form: FormRow): Promise<{ readonly formId: string }> {
  if (form.state !== 'AWAITING_CONFIRMATION') throw formMoveNotAllowed({ customerState: form.customer_state }, ['input', 'formId']);
  writeHistory(use, form.id, 'CONFIRMED');
  await completeForm(use, form);
  return { formId: form.id };
}
