import { ADMIN, exists, type GuichetBuilder, type RowHandle, type Sql, sql, words } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { adminRights, employees } from '../directory/index.ts';
import { organizations } from '../organization/index.ts';
import { windowMembers } from '../service-window/index.ts';
import { type businessForms, formTasks } from './form.entity.ts';
import { BusinessForm } from './form.refs.ts';
import { form } from './permissions.ts';

const StuckReason = words('StuckReason', 'Why nobody can move a form as it is. More may come: have a default branch.', {
  CONTACT_DELETED: 'Its contact is in the bin: it rests until the contact is restored, or gone for good.',
  NOBODY_HAS_A_TURN: 'Whoever has the turn is gone, and nobody else has one.',
  NOBODY_MAY_CLAIM: 'Nobody has taken the turn, and no admin has FORMS for the whole organization, who could.',
  WINDOW_SUSPENDED: 'It is the customer’s turn, and the window is suspended.',
  SUBMITTER_GONE: 'It is the turn of whoever handed it in among colleagues, who has left.',
  CUSTOMER_NOT_AT_WINDOW: 'It is the customer’s turn, and the customer is no member of the window.',
});
type Row = RowHandle<typeof businessForms>;

const OF_CUSTOMER = sql`'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'`;
const hasTurn = (row: Row): Sql =>
  exists(
    row,
    { task: formTasks, holder: employees },
    ({ task, holder }) =>
      sql`${task.form_id} = ${row.id} and ${task.kind} = 'APPROVAL' and ${task.state} = 'OPEN' and ${holder.id} = ${task.assignee_id} and ${holder.left_at} is null`,
  );
const isUnclaimed = (row: Row): Sql =>
  exists(
    row,
    { task: formTasks },
    ({ task }) => sql`${task.form_id} = ${row.id} and ${task.kind} = 'APPROVAL' and ${task.state} = 'OPEN' and ${task.assignee_id} is null`,
  );
const isClaimable = (row: Row): Sql =>
  exists(
    row,
    { held: adminRights, admin: employees },
    ({ held, admin }) =>
      sql`${held.admin_right} = 'FORMS' and ${held.department_id} is null and ${admin.id} = ${held.employee_id} and ${admin.left_at} is null`,
  );
const isSubmitterHere = (row: Row): Sql =>
  exists(row, { sender: employees }, ({ sender }) => sql`${sender.id} = ${row.submitted_by_id} and ${sender.left_at} is null`);
const isSuspended = (row: Row): Sql => exists(row, { own: organizations }, ({ own }) => sql`${own.certification} <> 'ADVANCED'`);
const isAtWindow = (row: Row): Sql =>
  exists(
    row,
    { member: windowMembers, customer: contacts },
    ({ member, customer }) => sql`${member.contact_id} = ${row.contact_id} and ${customer.id} = ${row.contact_id}`,
  );

/** Null: somebody can move it. */
const stuckReason = (row: Row): Sql => sql`case
  when ${row.state} not in ('IN_REVIEW', ${OF_CUSTOMER}) then null
  when ${row.paused_reason} is not null then 'CONTACT_DELETED'
  when ${row.state} = 'IN_REVIEW' then case when ${hasTurn(row)} then null when ${isUnclaimed(row)} then case when ${isClaimable(row)} then null else 'NOBODY_MAY_CLAIM' end else 'NOBODY_HAS_A_TURN' end
  when ${row.contact_id} is null then case when ${isSubmitterHere(row)} then null else 'SUBMITTER_GONE' end
  when ${isSuspended(row)} then 'WINDOW_SUSPENDED'
  when not ${isAtWindow(row)} then 'CUSTOMER_NOT_AT_WINDOW'
end`;

/** Forms that nobody can move, for admins, who reassign them, let them jump or end them (spec 6.6). */
export function stuckForms(builder: GuichetBuilder): void {
  builder.words(StuckReason);
  builder.entityFields(BusinessForm, (t) => ({
    stuckReason: t.expression(StuckReason, (row) => stuckReason(row), {
      description: 'Why nobody can move it as it is; null: somebody can, or it has ended.',
      rule: form.read,
    }),
  }));
  builder.queryFields((t) => ({
    stuckForms: t.entityPages(BusinessForm, {
      description: 'Forms that nobody can move, each with its `stuckReason`: reassign them, let them jump, or end them.',
      rule: form.govern,
      listedBy: () => [ADMIN],
      where: (row) => sql`${row.state} in ('IN_REVIEW', ${OF_CUSTOMER}) and ${stuckReason(row as Row)} is not null`,
    }),
  }));
}
