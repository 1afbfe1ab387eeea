import type { UseCase } from '../../sdk/index.ts';
import { actOnForm, type HeldForm, type Moved } from './form-acts.service.ts';
import { flowOf } from './form-flow.service.ts';

/** The customer takes it back, as far as the template lets them (spec 6.13). @throws FormMoveNotAllowed */
export async function withdrawForm(use: UseCase, held: HeldForm, comment: string | undefined): Promise<Moved> {
  const flow = await flowOf(use, held.form);
  return actOnForm(use, held, { kind: 'WITHDRAW' }, { facts: { withdrawal: flow.withdrawal }, words: { comment, flow } });
}
