import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from '../rules/rows.fixture.ts';

const REQUEST = `mutation { requestRepair(input: { problem: "It makes a noise." }) { __typename ... on RequestRepairSuccess { repair { form { id } } } } }`;
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';

/** Rights of the plugin, one an employee. */
export async function grantRepairRights(admin: TestSeat, holders: Readonly<Record<string, TestSeat>>): Promise<void> {
  for (const [right, { id: employeeId }] of Object.entries(holders)) await admin.does(GRANT, { input: { employeeId, right } });
}

interface Repaired {
  readonly organizationId: string;
  readonly customer: TestSeat;
  readonly technician: TestSeat;
  readonly visits?: number;
}
/** A repair of which every column has a value, with visits of 1 June and all that hangs on them. @returns the form's global id */
export async function makeRepair(server: TestServer, { organizationId, customer, technician, visits = 1 }: Repaired): Promise<string> {
  const { repair } = await customer.does(REQUEST);
  const form = decodeGlobalId('BusinessForm', repair.form.id);
  const employee = decodeGlobalId('Employee', technician.id);
  const contact = decodeGlobalId('Contact', customer.id);
  const many = await asOwner<{ count: number }>(
    server,
    `select count(*)::int count from plg_repair.visits where organization_id = '${organizationId}'`,
  );
  const before = many[0]!.count;
  await asOwner(
    server,
    `with asset as (
       insert into plg_repair.assets (organization_id, id, contact_id, name, serial, qr, warranty_until, company, site, area, needs_signature)
       values ('${organizationId}', gen_random_uuid(), '${contact}', 'A pump', 'P-${before}', 'Q-${before}', '2027-12-31', 'Riverside', '1 Quay', 'East', true) returning id),
     repaired as (
       update plg_repair.orders set asset_id = asset.id, state = 'IN_PROGRESS', site_name = 'Hall 1', site_address = '1 Quay', site_contact_name = 'Lao Zhou',
         site_contact_phone = '+8613800000000', area = 'East', skill = 'pumps', priority = 'HIGH', in_guarantee = true, due_at = '2026-06-02', minutes_left = null,
         question = 'Since when?', answer = 'Since Monday.', work_done_at = now(), confirmed_at = now(), confirmed_by = 'CUSTOMER', signer_name = 'Lao Zhou',
         signed_hash = 'a', charged_minor = 6900, charged_currency = 'CNY', needs_signature = true, dispute_reason = 'It is not done.', guarantee_until = now(), stars = 5, rating_comment = 'Good.', rated_at = now()
       from asset where form_id = '${form}' returning orders.id),
     technician as (
       insert into plg_repair.technicians (organization_id, id, employee_id, first_name, skills, areas, retired_at)
       values ('${organizationId}', gen_random_uuid(), '${employee}', 'Jun', '["pumps"]', '["East"]', null) on conflict do nothing),
     visited as (
       insert into plg_repair.visits (organization_id, id, order_id, technician_id, first_name, state, starts_at, ends_at, zone, told, steps, hold_reason, note,
         next_starts_at, next_ends_at, summary, worked_minutes, checklist, finished_at)
       select '${organizationId}', gen_random_uuid(), repaired.id, '${employee}', 'Jun', case nth when 0 then 'ON_HOLD' else 'DONE' end,
         timestamptz '2026-06-01T00:00:00Z' + (${before} + nth) * interval '10 minutes', timestamptz '2026-06-01T00:10:00Z' + (${before} + nth) * interval '10 minutes',
         'Asia/Shanghai', true, '[{"step": "ON_SITE", "at": "2026-06-01T00:00:00.000Z", "clientAt": "2026-06-01T00:00:00.000Z", "latitude": "1", "longitude": "2"}]',
         'PARTS', 'A belt.', now(), now(), 'A new belt.', 30, '[{"item": "Power is off", "done": true, "remark": "Yes."}]', now()
       from repaired, generate_series(0, ${visits - 1}) nth returning id, order_id),
     quoted as (
       insert into plg_repair.quotes (organization_id, id, order_id, state, price_minor, currency, cost_minor, text, labour_minutes, created_at, valid_until, answered_at, answer_reason)
       select '${organizationId}', gen_random_uuid(), repaired.id, 'REFUSED', 9000, 'CNY', 4000, 'A belt.', 60, now(), now(), now(), 'Too much.' from repaired),
     stocked as (
       insert into plg_repair.parts (organization_id, id, sku, name, price_minor, currency, stock)
       values ('${organizationId}', gen_random_uuid(), 'BELT-${before}', 'A belt', 900, 'CNY', 4) returning id),
     used as (
       insert into plg_repair.part_uses (organization_id, id, visit_id, part_id, sku, name, quantity, state, chargeable, unit_price_minor, currency, at)
       select '${organizationId}', gen_random_uuid(), visited.id, stocked.id, 'BELT-${before}', 'A belt', 1, 'RESERVED', true, 900, 'CNY', now() from visited, stocked),
     worked as (
       insert into plg_repair.labour (organization_id, id, visit_id, technician_id, minutes, text, chargeable, price_minor, currency, at)
       select '${organizationId}', gen_random_uuid(), visited.id, '${employee}', 30, 'A belt.', true, 6000, 'CNY', now() from visited),
     sent as (
       insert into files (organization_id, id, name, size, mime_type, kind, purpose, state, sha256, sent_sha256, storage_key, uploader_id, uploader_kind,
         created_at, stored_at, attached_type, attached_id, attached_at)
       select '${organizationId}', gen_random_uuid(), 'pump.jpg', 1, 'image/jpeg', 'JPEG', purpose, 'STORED', 'a', 'a', gen_random_uuid()::text,
         '${employee}', 'EMPLOYEE', now(), now(), attached, visited.id, now() from (select id from visited limit 1) visited,
         (values ('REPAIR_PHOTO', 'RepairPhoto'), ('REPAIR_SIGNATURE', 'RepairSignature')) kinds (purpose, attached) returning id, purpose),
     signed as (
       insert into plg_repair.signatures (organization_id, id, order_id, by, signer_name, at, sha256, image_id)
       select '${organizationId}', gen_random_uuid(), repaired.id, 'CUSTOMER', 'Lao Zhou', now(), 'a', sent.id from repaired, sent where purpose = 'REPAIR_SIGNATURE')
     insert into plg_repair.photos (organization_id, id, order_id, visit_id, file_id, at, shown)
     select '${organizationId}', gen_random_uuid(), order_id, visit, sent.id, now(), true from (select order_id, id visit from visited union all select id, null from repaired) of, sent where purpose = 'REPAIR_PHOTO'`,
  );
  return repair.form.id;
}
