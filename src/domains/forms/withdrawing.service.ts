import { invalidTransition, Refusal, type UseCase } from '../../sdk/index.ts';
import { formMoveNotAllowed } from './form.refusals.ts';
import { actOnForm, type HeldForm, holdForm, type Moved } from './form-acts.service.ts';
import { flowOf } from './form-flow.service.ts';
import { form as rules } from './permissions.ts';

/** The customer takes it back, as far as the template lets them (spec 6.13). @throws FormMoveNotAllowed */
export async function withdrawForm(use: UseCase, held: HeldForm, comment: string | undefined): Promise<Moved> {
  const flow = await flowOf(use, held.form);
  return actOnForm(use, held, { kind: 'WITHDRAW' }, { facts: { withdrawal: flow.withdrawal }, words: { comment, flow } });
}

/** Among colleagues, by whoever has handed it in, for modules that know no refusals of forms. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function withdrawInside(use: UseCase, formId: string): Promise<void> {
  try {
    await withdrawForm(use, await holdForm(use, formId, 'WITHDRAW', rules.correct), undefined);
  } catch (error) {
    if (error instanceof Refusal && error.type.name === formMoveNotAllowed.name) throw invalidTransition({ state: 'ENDED', allowed: [] });
    throw error;
  }
}
