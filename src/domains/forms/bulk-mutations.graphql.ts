import type { GuichetBuilder, PayloadFields } from '../../sdk/index.ts';
import { approveTasks, ITEM_SUCCESS } from './bulk-approving.service.ts';
import { FormTask } from './form.refs.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyDecided, taskNotYours } from './form.refusals.ts';
import { comment } from './form-payloads.graphql.ts';
import { task } from './permissions.ts';

const MOST = 100;
const refusals = [taskNotYours, taskAlreadyDecided, approverNotAllowed, formMoveNotAllowed];
type Done = { readonly results: readonly object[] };

/** For inboxes of hundreds: each task is approved by itself, and says why it was not. */
export function bulkMutations(builder: GuichetBuilder): void {
  const rule = task.decide;
  const ItemDone = builder.objectRef<{ readonly taskId: string }>(ITEM_SUCCESS).implement({
    description: '`approveFormTasks` was done to this task.',
    fields: (t) => ({ taskId: t.exposeID('taskId', { description: 'Global id of the task.', rule }) }),
  });
  const Result = builder.unionType('ApproveFormTasksItemResult', {
    description: 'Whether `approveFormTasks` was done to one task, or why not.',
    types: [ItemDone.name, 'NotFound', 'ValidationFailed', ...refusals.map(({ name }) => name)] as never,
  });
  builder.useCase('approveFormTasks', {
    description: 'Approves tasks of yours as the last, or on their fixed route; each by itself.',
    rule,
    doesOnce: true,
    input: (t) => ({
      taskIds: t.globalIds(FormTask, { description: `The tasks, at most ${MOST}.`, least: 1, most: MOST }),
      comment: comment(t),
    }),
    refusals,
    run: async (use, given): Promise<Done> => ({ results: await approveTasks(use, given) }),
    success: (t: PayloadFields<Done>) => ({
      results: t.field({
        type: [Result],
        description: 'One result for each id, in their order.',
        rule,
        resolve: ({ results }) => [...results] as never[],
      }),
    }),
  });
}
