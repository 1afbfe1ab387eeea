import { encodeGlobalId, Refusal, refusedItemPayload, toEach, type UseCase } from '../../sdk/index.ts';
import { approveTask, holdToApprove } from './approving.service.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { taskNotYours } from './form.refusals.ts';
import { task as rules } from './permissions.ts';

/** What became of one task: the type of the answer, with what that type tells. */
type ItemPayload = Readonly<Record<string, unknown>> & { readonly '@type': string };
export interface BulkApproval {
  readonly taskIds: readonly string[];
  readonly comment?: string;
}
export const ITEM_SUCCESS = 'ApproveFormTasksItemSuccess';

/** Approves each as the last, by itself: where one is refused, the others are approved all the same. @returns one result for each id, in their order */
export async function approveTasks(use: UseCase, { taskIds, comment }: BulkApproval): Promise<ItemPayload[]> {
  await holdForms(use, taskIds);
  const refused = await toEach(use, { type: 'FormTask', ids: taskIds, rule: rules.decide }, async (taskId) => {
    await approveTask(use, { taskId, comment }, await holdToApprove(use, { taskId }));
  });
  return taskIds.map((id, at) =>
    refused.has(id)
      ? refusedItemPayload(asRefusal(refused.get(id)), use.language, { field: 'taskIds', at, inputs: ['comment'] })
      : { '@type': ITEM_SUCCESS, taskId: encodeGlobalId('FormTask', id) },
  );
}
const asRefusal = (refused: unknown): Refusal => (refused instanceof Refusal ? refused : taskNotYours({}));

/** Forms come before tasks, in the order of their ids, as for everybody. */
const holdForms = (use: UseCase, taskIds: readonly string[]): Promise<unknown> =>
  use
    .on(businessForms, formTasks)
    .selectFrom('business_forms as form')
    .select('form.id')
    .where('form.id', 'in', (tasks) => tasks.selectFrom('form_tasks').select('form_id').where('id', 'in', taskIds))
    .orderBy('form.id')
    .forNoKeyUpdate('form')
    .execute();
