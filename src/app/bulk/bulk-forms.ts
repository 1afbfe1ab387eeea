import type pg from 'pg';
import { businessForms, formHistory, formParticipants, formTasks, formTemplates, formTemplateVersions } from '../../domains/forms/index.ts';
import { uuidv7At } from '../../platform/database/uuid.ts';
import type { BulkContacts } from './bulk-contacts.ts';
import { insertRows } from './bulk-insert.ts';

const MOST_DECISIONS = 5;
const SECOND = 1_000;
/** So many forms are made at once, with what hangs on them. */
const BATCH = 5_000;

/** Forms in review: one open task each, spread evenly over the employees, after up to four decisions of others. */
export async function makeForms(
  client: pg.ClientBase,
  organizationId: string,
  count: number,
  { ids }: BulkContacts,
  employeeIds: readonly string[],
  from: Date,
): Promise<void> {
  const own = { organization_id: organizationId };
  const template = await makeTemplate(client, own, from);
  for (let first = 0; first < count; first += BATCH) {
    const places = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => first + i);
    const forms = places.map((i) => formOf(i, { ...own, ...template }, ids[(i * 7) % ids.length]!, from));
    await insertRows(client, businessForms, forms);
    const tasks = forms.flatMap(({ id: form_id }, i) => tasksOf(places[i]!, { ...own, form_id }, employeeIds, from));
    await insertRows(client, formTasks, tasks);
    await insertRows(client, formParticipants, participantsOf(tasks));
    await insertRows(client, formHistory, historyOf(tasks));
  }
}

async function makeTemplate(
  client: pg.ClientBase,
  own: { organization_id: string },
  from: Date,
): Promise<{ template_id: string; template_version: number }> {
  const id = uuidv7At(from.getTime());
  await insertRows(client, formTemplates, [
    { ...own, id, name: 'Request', kind: 'GENERAL', enabled: true, current_version: 1, created_at: from },
  ]);
  await insertRows(client, formTemplateVersions, [
    { ...own, template_id: id, version: 1, with_confirmation: true, fields: '[]', published_at: from },
  ]);
  return { template_id: id, template_version: 1 };
}

function formOf<Own extends object>(i: number, own: Own, contact_id: string, from: Date) {
  const at = new Date(from.getTime() + i * SECOND);
  const states = { state: 'IN_REVIEW', customer_state: 'IN_PROGRESS', customer_state_since: at };
  const number = `BF-${String(i).padStart(8, '0')}`;
  return {
    ...own,
    id: uuidv7At(at.getTime()),
    version: 1,
    number,
    kind: 'GENERAL',
    contact_id,
    ...states,
    answers: '{}',
    submitted_at: at,
    updated_at: at,
  };
}

function tasksOf<Own extends { readonly form_id: string }>(i: number, own: Own, employeeIds: readonly string[], from: Date) {
  const decisions = i % MOST_DECISIONS;
  return Array.from({ length: decisions + 1 }, (_, step) => {
    const at = new Date(from.getTime() + i * SECOND + step);
    const isOpen = step === decisions;
    const assignee_id = employeeIds[(i + (decisions - step) * 13) % employeeIds.length]!;
    const outcome = isOpen
      ? { state: 'OPEN', decision: null, decided_at: null }
      : { state: 'DECIDED', decision: 'APPROVED', decided_at: at };
    return {
      ...own,
      id: uuidv7At(at.getTime()),
      version: isOpen ? 1 : 2,
      assignee_id,
      created_at: at,
      comment: isOpen ? null : 'In order.',
      ...outcome,
    };
  });
}

function participantsOf(tasks: readonly { organization_id?: string; form_id: string; assignee_id: string; created_at: Date }[]) {
  const known = new Map(tasks.map((task) => [`${task.form_id}/${task.assignee_id}`, task]));
  return [...known.values()].map(({ organization_id, form_id, assignee_id, created_at }) => ({
    organization_id,
    form_id,
    employee_id: assignee_id,
    since: created_at,
  }));
}

function historyOf(
  tasks: readonly { organization_id?: string; form_id: string; state: string; assignee_id: string; decided_at: Date | null }[],
) {
  return tasks.flatMap(({ organization_id, form_id, state, assignee_id, decided_at }) =>
    state === 'DECIDED'
      ? [{ organization_id, id: uuidv7At(decided_at!.getTime()), form_id, kind: 'APPROVED', actor_id: assignee_id, at: decided_at }]
      : [],
  );
}
