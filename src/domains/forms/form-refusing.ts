import { forbidden, type Rule } from '../../sdk/index.ts';
import type { Refused } from './engine/flow.types.ts';
import { notNow, pickedWrongly, remindedLately, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import type { FormRow } from './form-step.service.ts';

interface Blamed {
  readonly form: FormRow;
  readonly rule: Rule;
  readonly taskId?: string;
  /** Of the input field that names somebody. */
  readonly person?: string;
  readonly nextAt?: Date;
}

/** What the engine refused, as it is answered. */
export function refusing(refused: Refused, { form, rule, taskId = '', person = taskId ? 'taskId' : 'employeeId', nextAt }: Blamed): Error {
  const subject = ['input', taskId ? 'taskId' : 'formId'];
  switch (refused.refusal) {
    case 'FORBIDDEN':
      return forbidden(rule);
    case 'ALREADY_DECIDED':
      return taskAlreadyDecided({ task: taskId }, subject);
    case 'ALREADY_CLAIMED':
      return taskAlreadyClaimed({ task: taskId }, subject);
    case 'NOT_NOW':
      return notNow(form.customer_state, refused.because, subject);
    case 'REMINDED_LATELY':
      return remindedLately({ nextAt: (nextAt ?? new Date(0)).toISOString() }, subject);
    case 'APPROVER':
      return pickedWrongly(refused.reason, ['input', person]);
  }
}
