import type { Rule, UseCase } from '../../sdk/index.ts';
import { enterWindow } from '../service-window/index.ts';
import { carryOut, type Words } from './carry-out.service.ts';
import { decide, isRefused } from './engine/decide.ts';
import type { Act, Actor, Facts, FormNow, TaskAct } from './engine/flow.types.ts';
import { refusalOfAct } from './engine/may-act.ts';
import { refusing } from './form-refusing.ts';
import { type FormRow, formNow, isSubmittingSide, lockForm } from './form-step.service.ts';
import { form as rules } from './permissions.ts';

type FormAct = Exclude<Act, TaskAct>;
/** A form, locked, with every turn that is left. */
export interface HeldForm {
  readonly form: FormRow;
  readonly now: FormNow;
  readonly rule: Rule;
  readonly actor: Actor;
}
export type Moved = { readonly formId: string };

/** Finds and locks a form for whoever may do something with it, the customer at the window. @throws NotFound, FORBIDDEN, FormMoveNotAllowed */
export async function holdForm(use: UseCase, formId: string, kind: FormAct['kind'], rule: Rule): Promise<HeldForm> {
  if (use.seat.kind === 'CONTACT') await enterWindow(use);
  await use.authorize('BusinessForm', formId, rule, { path: ['input', 'formId'] });
  const form = await lockForm(use, formId);
  return heldForm(use, form, kind, rule, { id: use.seat.id, is: sideOf(use, form, rule) });
}
/** Whoever governs does so, also of a form of their own; else the customer's side is told by the form, not by the act. */
const sideOf = (use: UseCase, form: FormRow, rule: Rule): Actor['is'] => {
  if (rule === rules.govern) return 'ADMIN';
  return isSubmittingSide(use, form) ? 'CUSTOMER' : 'STAFF';
};

/** What the server does by itself with a form that is locked. */
export const holdForServer = (use: UseCase, form: FormRow, kind: FormAct['kind']): Promise<HeldForm> =>
  holdAs(use, form, kind, { id: use.seat.id, is: 'SERVER' });

/** What somebody does whom other rules than those of forms have admitted. */
export const holdAs = (use: UseCase, form: FormRow, kind: FormAct['kind'], actor: Actor): Promise<HeldForm> =>
  heldForm(use, form, kind, rules.govern, actor);

async function heldForm(use: UseCase, form: FormRow, kind: FormAct['kind'], rule: Rule, actor: Actor): Promise<HeldForm> {
  const held: HeldForm = { form, now: await formNow(use, form), rule, actor };
  const refused = refusalOfAct(held.now, { kind } as FormAct, held);
  if (refused) throw refusing(refused, held);
  return held;
}

/** Does what the engine says. @throws what it refuses */
export async function actOnForm(
  use: UseCase,
  held: HeldForm,
  act: FormAct,
  { facts, words, person, nextAt }: { facts?: Partial<Facts>; words?: Words; person?: string; nextAt?: Date } = {},
): Promise<Moved> {
  const { form, now, actor } = held;
  const verdict = decide(now, act, { actor, submitter: form.submitted_by_id, ...facts });
  if (isRefused(verdict)) throw refusing(verdict, { ...held, person, nextAt });
  const holders = new Map(now.tasks.map(({ id, holder }) => [id, holder]));
  await carryOut(use, form, verdict.changes, { ...words, holders });
  return { formId: form.id };
}

/** The customer's last word (spec 6.2). */
export const confirmForm = (use: UseCase, held: HeldForm): Promise<Moved> => actOnForm(use, held, { kind: 'CONFIRM' });
