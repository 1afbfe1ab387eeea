import { type GuichetBuilder, sql } from '../../sdk/index.ts';
import { TransferItem, transfer } from '../transfers/index.ts';
import { FormTask } from './form.refs.ts';

/** What a transfer tells of tasks that changed hands. */
export function formTransfers(builder: GuichetBuilder): void {
  builder.entityFields(TransferItem, (t) => ({
    task: t.one(FormTask, {
      on: (item, target) => sql`${target.id} = ${item.subject_id} and ${item.kind} = 'TASK'`,
      description: 'The task of a form, where it is one and you may read the form.',
      rule: transfer.read,
    }),
  }));
}
