import type { Act, Facts, FormNow, Refused, TaskAct, Verdict } from './flow.types.ts';
import { formActs } from './form-acts.ts';
import { refusalOfAct } from './may-act.ts';
import { taskActs } from './task-acts.ts';

/**
 * What an act does to a form, or why it is refused. Pure: whoever calls it has locked the form and its tasks, and writes the changes in their
 * order in the same transaction.
 */
export function decide(form: FormNow, act: Act, facts: Facts): Verdict {
  const refused = refusalOfAct(form, act, facts);
  if (refused) return refused;
  if (!isOfTask(act)) return formActs[act.kind](form, act as never, facts);
  const task = form.tasks.find(({ id }) => id === act.taskId)!;
  return taskActs[act.kind](form, task, act as never, facts);
}
export const isRefused = (verdict: Verdict): verdict is Refused => 'refusal' in verdict;
const isOfTask = (act: Act): act is TaskAct => 'taskId' in act;
