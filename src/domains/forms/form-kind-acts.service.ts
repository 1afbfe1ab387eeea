import type { FormsService, UseCase } from '../../sdk/index.ts';
import { approveTask, rejectTask } from './approving.service.ts';
import type { Act, Actor, TaskAct } from './engine/flow.types.ts';
import { isOnItsWay } from './engine/may-act.ts';
import { formTasks } from './form.entity.ts';
import { actOnForm, holdAs } from './form-acts.service.ts';
import { type FormRow, lockForm } from './form-step.service.ts';
import { backOf } from './returning.service.ts';
import { holdTask } from './task-acts.service.ts';

type Kind = Exclude<Act, TaskAct>['kind'];

/** The customer who acts by a mutation of the kind's own; whoever else does, it is the server that follows. */
const actorOn = (use: UseCase, { contact_id }: FormRow): Actor => ({
  id: use.seat.id,
  is: use.seat.kind === 'CONTACT' && use.seat.id === contact_id ? 'CUSTOMER' : 'SERVER',
});
const isIn = ({ state, paused_reason }: FormRow, wanted: FormRow['state']): boolean => state === wanted && paused_reason === null;

async function moved(use: UseCase, form: FormRow, kind: Extract<Kind, 'BEGIN' | 'CONCLUDE' | 'CONFIRM'>): Promise<true> {
  const actor: Actor = kind === 'CONFIRM' ? actorOn(use, form) : { id: use.seat.id, is: 'SERVER' };
  await actOnForm(use, await holdAs(use, form, kind, actor), { kind });
  return true;
}

/** What a kind does with its forms, where its own rules have said who may. */
export const actsOfKinds: Pick<FormsService, 'hold' | 'begin' | 'askToConfirm' | 'confirm' | 'dispute' | 'end' | 'decide'> = {
  hold: async (use, formId) => {
    await lockForm(use, formId);
  },
  begin: async (use, formId) => {
    const form = await lockForm(use, formId);
    const isFirst = use.seat.kind === 'EMPLOYEE' && form.customer_state === 'RECEIVED' && isIn(form, 'IN_REVIEW');
    return isFirst && moved(use, form, 'BEGIN');
  },
  askToConfirm: async (use, formId) => {
    const form = await lockForm(use, formId);
    return isIn(form, 'IN_REVIEW') && moved(use, form, 'CONCLUDE');
  },
  confirm: async (use, formId) => {
    const form = await lockForm(use, formId);
    return isIn(form, 'AWAITING_CONFIRMATION') && moved(use, form, 'CONFIRM');
  },
  dispute: async (use, formId, comment) => {
    const form = await lockForm(use, formId);
    if (!isIn(form, 'AWAITING_CONFIRMATION')) return false;
    const held = await holdAs(use, form, 'DISPUTE', { id: use.seat.id, is: 'CUSTOMER' });
    await actOnForm(use, held, { kind: 'DISPUTE' }, { facts: await backOf(use, form), words: { comment } });
    return true;
  },
  end: async (use, formId, comment) => {
    const form = await lockForm(use, formId);
    if (!isOnItsWay(form)) return false;
    const held = await holdAs(use, form, 'END', { id: use.seat.id, is: 'SERVER' });
    await actOnForm(use, held, { kind: 'END' }, { words: { comment } });
    return true;
  },
  decide: async (use, formId, { approves, comment }) => {
    await lockForm(use, formId);
    const taskId = await ownTurn(use, formId);
    if (taskId === undefined) return false;
    const held = await holdTask(use, { taskId }, { kind: approves ? 'APPROVE' : 'REJECT' });
    await (approves ? approveTask(use, { taskId, comment }, held) : rejectTask(use, { taskId, comment }, held));
    return true;
  },
};

/** The turn to decide that the seat has of a form. */
async function ownTurn(use: UseCase, formId: string): Promise<string | undefined> {
  const found = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select('id')
    .where('form_id', '=', formId)
    .where('assignee_id', '=', use.seat.id)
    .where('state', '=', 'OPEN')
    .where('kind', '=', 'APPROVAL')
    .orderBy('id')
    .executeTakeFirst();
  return found?.id;
}
