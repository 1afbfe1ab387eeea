import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { OFFBOARD, outcome, UNDO } from './transfer.fixture.ts';

// More than one statement takes values of: a leaver with 4,000 contacts, 4,000 shares and 700 open tasks.

const CONTACTS = 4_000;
const TASKS = 700;
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await placeOrder(own.customer);
  await rows(
    `with owner as (select id from employees where name = 'The owner'), other as (select id from employees where name = 'The colleague'),
       made as (insert into contacts (organization_id, id, name, phone, is_mobile, owner_id, source, created_at, updated_at)
         select $1, gen_random_uuid(), 'C' || n, '+8613' || (100000000 + n), true, case when n <= $2 then owner.id else other.id end, 'MANUAL', now(), now()
         from generate_series(1, 2 * $2::integer) n, owner, other returning id, owner_id)
     insert into contact_shares (organization_id, id, contact_id, employee_id, granted_by, since)
     select $1, gen_random_uuid(), made.id, owner.id, other.id, now() from made, owner, other where made.owner_id = other.id`,
    [own.id, CONTACTS],
  );
  await rows(
    `with forms as (
       insert into business_forms select (jsonb_populate_record(form, jsonb_build_object('id', gen_random_uuid(), 'number', 'F-' || n))).*
       from business_forms form, generate_series(2, $1::integer) n returning organization_id, id)
     insert into form_tasks (organization_id, id, form_id, assignee_id, state, created_at)
     select task.organization_id, gen_random_uuid(), forms.id, assignee_id, state, created_at from form_tasks task, forms`,
    [TASKS],
  );
});
afterAll(() => server.stop());
const rows = <Row extends object>(text: string, values: readonly unknown[] = []) => rowsOf<Row>(server, own, text, values);
const count = async (text: string): Promise<number> => Number((await rows<{ count: string }>(`select count(*) from ${text}`))[0]!.count);

it('everything that a leaver has changes hands, however much it is, and goes back', async () => {
  const { report, transfer } = await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id });
  expect(report).toMatchObject({ contacts: { moved: CONTACTS + 1 }, tasks: TASKS, shares: CONTACTS });
  expect(await count(`contact_history where field = 'owner' and old is not null`)).toBe(CONTACTS + 1);
  expect(await count(`contact_history where field = 'sharedWith' and new is null`)).toBe(CONTACTS);
  expect(await count(`interactions where kind = 'OWNER'`)).toBe(CONTACTS + 1);
  expect(await count(`events where topic = 'TASK' and kind = 'OPENED'`)).toBe(TASKS + 1);
  expect(await outcome(own.admin, UNDO, { transferId: transfer.id })).toMatchObject({ returned: CONTACTS + 1 + TASKS, kept: 0 });
  expect(await count(`contacts join employees on employees.id = owner_id where employees.name = 'The owner'`)).toBe(CONTACTS + 1);
});
