import type { GivenValue } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { editValues } from './editing.service.ts';
import type { Facts } from './engine/flow.types.ts';
import { flowOf } from './form-flow.service.ts';
import { nextStop } from './form-route.service.ts';
import { actOnTask, type Decided, type HeldTask, holdTask, type TaskGiven } from './task-acts.service.ts';

export interface Decision extends TaskGiven {
  readonly comment?: string;
}
export interface Rejection extends Decision {
  /** For the customer. */
  readonly reason?: string;
}
export interface Approval extends Decision {
  readonly nextApproverId?: string;
  /** Of the fields that the step writes. */
  readonly values?: readonly GivenValue[];
}

export const holdToApprove = (use: UseCase, given: Approval): Promise<HeldTask> => {
  const { nextApproverId: id } = given;
  return holdTask(use, given, { kind: 'APPROVE', ...(id && { person: { field: 'nextApproverId', id } }) });
};

/** Approves: another goes on, or, without a next approver, the inside part has ended well (spec 6.2). */
export async function approveTask(use: UseCase, { comment, values = [] }: Approval, before: HeldTask): Promise<Decided> {
  const held: HeldTask = { ...before, form: await editValues(use, before, values) };
  const { form, person: next, taskId } = held;
  const act = { kind: 'APPROVE', taskId, next } as const;
  // the flow is asked where this may be the last one inside, and where it says who goes on
  if (next) return actOnTask(use, held, act, { facts: form.stop === null ? {} : { onward: null }, words: { comment } });
  const flow = await flowOf(use, form);
  const facts: Partial<Facts> = {
    onward: await nextStop(use, form, flow, taskId),
    withConfirmation: flow.withConfirmation || form.needs_confirmation,
  };
  return actOnTask(use, held, act, { facts, words: { comment, flow } });
}

export const rejectTask = (use: UseCase, { comment, reason }: Rejection, held: HeldTask): Promise<Decided> =>
  actOnTask(use, held, { kind: 'REJECT', taskId: held.taskId }, { words: { comment, rejection: reason } });
