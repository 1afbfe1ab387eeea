import {
  ADMIN,
  type GuichetBuilder,
  liveCursor,
  OWNER,
  OWNERS_SUPERVISOR,
  PARTICIPANT,
  type RowHandle,
  type StoredValue,
  sql,
} from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { employeesNamedIn, type FieldValueSource, filesNamedIn, kindsOf, shownValue } from '../fields/index.ts';
import type { ValueChange } from './editing.rules.ts';
import type { formHistory } from './form.entity.ts';
import { BusinessForm, FormHistoryEntry, FormTask, FormTaskViewerCan } from './form.refs.ts';
import { insideRoles, taskRoles } from './form.roles.ts';
import { FormDecision, FormHistoryKind, FormTaskKind, FormTaskState } from './form-words.ts';
import { FORM_ASSIGNEE, FORM_CLAIMANT, form, task } from './permissions.ts';

const INSIDERS = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT];

/** Turns, and what happened inside. */
export function taskTypes(builder: GuichetBuilder): void {
  declareTask(builder);
  declareHistory(builder);
}

function declareTask(builder: GuichetBuilder): void {
  const rule = task.read;
  builder.entity(FormTask, {
    description: 'One person’s turn to act on a form.',
    roles: taskRoles,
    listedFor: [...INSIDERS, FORM_ASSIGNEE, FORM_CLAIMANT],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change.', rule }),
      form: t.one(BusinessForm, {
        on: (row, target) => sql`${target.id} = ${row.form_id}`,
        description: 'The form.',
        rule,
        proves: INSIDERS,
      }),
      assignee: t.relation(Employee, 'assignee_id', { description: 'Who holds it; null: it is to be claimed first.', rule }),
      kind: t.column('kind', { type: FormTaskKind, description: 'What it asks of its holder.', rule }),
      for: t.relation(Employee, 'for_id', { description: 'For whom the holder stands in.', rule }),
      alsoFor: t.list(Employee, {
        on: (row, employee) => sql`${row.also_for_ids} is not null and ${row.also_for_ids} ? ${employee.id}::text`,
        description: 'For whom besides: nobody has two turns at once, and this one counts for all of them.',
        rule,
        atMost: 20,
      }),
      question: t.column('question', { description: 'OPINION: what was asked.', rule }),
      dueAt: t.column('due_at', { description: 'Until when it is to be decided.', rule }),
      state: t.column('state', { type: FormTaskState, description: 'Where it stands.', rule }),
      createdAt: t.column('created_at', { description: 'Since when it waits.', rule }),
      decidedAt: t.column('decided_at', { description: 'When it was decided.', rule }),
      decision: t.column('decision', { type: FormDecision, description: 'What was decided.', rule }),
      comment: t.column('comment', { description: 'What the holder said. Never shown to the customer.', rule }),
      earlierDecisions: t.list(FormTask, {
        on: (row, target) => sql`${target.form_id} = ${row.form_id} and ${target.state} = 'DECIDED' and ${target.id} < ${row.id}`,
        description: 'Decisions on the form before this one, the latest first; at most 4.',
        rule,
        atMost: 4,
        proves: INSIDERS,
      }),
      viewerRoles: t.viewerRoles({ description: 'Your roles toward the task.', rule }),
      viewerCan: t.sameRow(FormTaskViewerCan, { description: 'What you may do with the task.', rule }),
    }),
  });
  builder.entityPart(FormTaskViewerCan, {
    description: 'What a seat may do with a task now.',
    fields: (t) => ({
      decide: t.permission(task.decide, {
        description: 'Approve, reject, return it: it is yours to decide.',
        rule,
        when: ({ kind, state }) => sql`${kind} = 'APPROVAL' and ${state} = 'OPEN'`,
      }),
      answer: t.permission(task.decide, {
        description: 'Give the opinion that you were asked for; others decide.',
        rule,
        when: ({ kind, state }) => sql`${kind} = 'OPINION' and ${state} = 'OPEN'`,
      }),
      claim: t.permission(task.claim, { description: 'Take it: nobody holds it.', rule, when: ({ state }) => sql`${state} = 'OPEN'` }),
    }),
  });
  builder.connectionFields(FormTask, (t) => ({ liveCursor: liveCursor(t, { staff: task.inbox }) }));
}

type HistoryRow = RowHandle<typeof formHistory>;
interface ShownChange {
  readonly name: string;
  readonly label: string;
  readonly from: FieldValueSource | null;
  readonly to: FieldValueSource | null;
}
function declareHistory(builder: GuichetBuilder): void {
  const rule = form.read;
  const value = (description: string) => ({ type: 'FieldValue' as never, nullable: true, description, rule });
  const FormValueChange = builder.objectRef<ShownChange>('FormValueChange').implement({
    description: 'What an approver, or a correction, made of one field.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name of the template’s field, as it was then.', rule }),
      label: t.exposeString('label', { description: 'What was asked, as it was then.', rule }),
      from: t.field({ ...value('What it was; null: nothing.'), resolve: ({ from }) => from as never }),
      to: t.field({ ...value('What it became; null: nothing.'), resolve: ({ to }) => to as never }),
    }),
  });
  builder.entity(FormHistoryEntry, {
    description: 'One thing that happened to a form inside.',
    roles: insideRoles,
    listedFor: INSIDERS,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { type: FormHistoryKind, description: 'What happened.', rule }),
      actor: t.relation(Employee, 'actor_id', { description: 'Who did it; null: the customer.', rule }),
      next: t.one(Employee, {
        on: (row, target) => sql`${target.id} = ${row.next_id}`,
        description: 'Who was picked to go on.',
        rule,
      }),
      for: t.list(Employee, {
        on: (row, employee) => sql`${row.for_ids} is not null and ${row.for_ids} ? ${employee.id}::text`,
        description: 'In whose places it was done, as it was then: the actor had the turn for them.',
        rule,
        atMost: 20,
      }),
      comment: t.column('comment', { description: 'What was said.', rule }),
      changes: t.field({
        type: [FormValueChange],
        nullable: true,
        description: 'VALUES_CHANGED: what was written, field by field.',
        rule,
        needs: ['changes'],
        also: {
          employees: ((row: HistoryRow) => employeesNamedIn(row, row.changes)) as never,
          files: ((row: HistoryRow) => filesNamedIn(row, row.changes)) as never,
        },
        resolve: ({ changes, ...named }, _, { switchboard }) => {
          const shown = (field: ValueChange['field'], value: StoredValue | null) =>
            shownValue(kindsOf(switchboard), field, value ?? undefined, named as never);
          const told = ({ field, from, to }: ValueChange) => ({
            name: field.name,
            label: field.label,
            from: shown(field, from),
            to: shown(field, to),
          });
          return changes?.map(told) ?? null;
        },
      }),
      at: t.column('at', { description: 'When.', rule }),
    }),
  });
}
