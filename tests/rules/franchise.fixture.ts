import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from './rows.fixture.ts';

/** Who has to do with the applications; global ids. */
export interface FranchiseParties {
  readonly organizationId: string;
  readonly contact: string;
  readonly inspector: string;
  readonly scorer: string;
  readonly member: string;
  /** A form that stands for what the member decides. */
  readonly form: string;
  readonly count: number;
}

/** Applications of which nearly every column has a value, with what belongs to them; a contract that the contact has is theirs. */
export async function makeFranchise(server: TestServer, { organizationId, count, ...ids }: FranchiseParties): Promise<void> {
  const [contact, form] = [decodeGlobalId('Contact', ids.contact), decodeGlobalId('BusinessForm', ids.form)];
  const [inspector, scorer, member] = [ids.inspector, ids.scorer, ids.member].map((id) => decodeGlobalId('Employee', id));
  const sha = '0'.repeat(64);
  const each = `generate_series(1, ${count}) as of (n)`;
  const own = `where organization_id = '${organizationId}'`;
  const all = `plg_franchise.applications ${own}`;
  const numbered = `(select *, (row_number() over (order by id))::int n from plg_franchise.applications ${own}) one`;
  await asOwner(
    server,
    `insert into plg_franchise.brands (organization_id, id, name, description, committee_mode, deposit_minor, currency, committee_since)
     select '${organizationId}', gen_random_uuid(), 'Brand ' || n, 'Tea.', 'ALL', 100, 'CNY', now() from ${each};
     insert into plg_franchise.members (organization_id, brand_id, employee_id)
     select organization_id, id, '${member}' from plg_franchise.brands ${own} and name like 'Brand %';
     insert into plg_franchise.score_sheets (organization_id, id, brand_id, position, criteria, threshold, created_at)
     select organization_id, gen_random_uuid(), id, 1, '[{ "key": "capital", "label": "Means", "weight": 1, "knockOutBelow": 3 }]', 600, now()
       from plg_franchise.brands ${own} and name like 'Brand %';
     update plg_franchise.brands brand set sheet_id = (select id from plg_franchise.score_sheets sheet where sheet.brand_id = brand.id) ${own} and name like 'Brand %';
     insert into plg_franchise.territories (organization_id, id, brand_id, name, area, country, is_exclusive, quota, outline)
     select organization_id, gen_random_uuid(), id, 'Harbour', 'The quays', 'CN', false, 9, '[{ "latitude": "31.2", "longitude": "121.4" }]' from plg_franchise.brands ${own} and name = 'Brand 1';
     insert into plg_franchise.applications (organization_id, id, number, brand_id, contact_id, territory_id, state, state_since, created_at, waiting_since,
       closed_at, profile_version, legal_name, capital_minor, capital_currency, experience, message, interview_at, interview_place, sheet_id, scored_at,
       is_knocked_out, score, round, inner_reason, released_reason, reapply_from, earliest_signing_on, contract_id, signed_on, cooling_off_until)
     select brand.organization_id, gen_random_uuid(), 'FR-2025-00000' || n, brand.id, '${contact}', territory.id, 'OPENING', now(), now(), now(),
       now(), 1, 'Chen Wei', 100, 'CNY', 'Tea.', 'Hello.', now(), 'Here', brand.sheet_id, now(),
       false, 800, 1, 'So.', 'Not now.', '2026-06-01', '2026-06-01', contract.id, '2026-06-01', '2026-06-08'
       from ${each}, plg_franchise.brands brand join plg_franchise.territories territory on territory.brand_id = brand.id,
         (select id from plg_contract.contracts ${own} order by id limit 1) contract
       where brand.organization_id = '${organizationId}' and brand.name = 'Brand 1';
     update plg_franchise.applications set previous_id = id ${own};
     insert into plg_franchise.co_applicants (organization_id, application_id, contact_id, since) select organization_id, id, '${contact}', now() from ${all};
     insert into plg_franchise.holds (organization_id, id, territory_id, application_id, place, until, is_live, created_at)
     select organization_id, gen_random_uuid(), territory_id, id, n, '2099-01-01', true, now() from ${numbered};
     insert into plg_franchise.documents (organization_id, id, application_id, kind, state, due_on, expires_on, remark, uploaded_at, verified_at, verified_by)
     select organization_id, gen_random_uuid(), id, 'Licence', 'VERIFIED', '2026-06-01', '2099-01-01', 'So.', now(), now(), '${member}' from ${all};
     insert into plg_franchise.documents (organization_id, id, application_id, kind, state, due_on)
     select organization_id, gen_random_uuid(), id, 'Statement', 'REQUESTED', '2099-06-01' from ${all};
     insert into plg_franchise.site_visits (organization_id, id, application_id, inspector_id, at, address, findings, is_suitable, recorded_at)
     select organization_id, gen_random_uuid(), id, '${inspector}', now(), '1 Quay', 'Good.', true, now() from ${all};
     insert into plg_franchise.scores (organization_id, id, application_id, scorer_id, state, points, total, is_knock_out, note, at, opened_id)
     select organization_id, gen_random_uuid(), id, '${scorer}', 'SCORED', '[{ "criterion": "capital", "points": 8 }]', 800, false, 'Good.', now(), id from ${all};
     insert into plg_franchise.disclosures (organization_id, id, application_id, position, text, sha256, sent_at, sent_on, days, is_exempt, acknowledged_at, evidence_id)
     select organization_id, gen_random_uuid(), id, 1, 'All.', '${sha}', now(), '2026-06-01', 30, false, now(), gen_random_uuid() from ${all};
     insert into plg_franchise.deposits (organization_id, id, application_id, amount_minor, currency, received_on, reference, recorded_by, refund_due_since)
     select organization_id, gen_random_uuid(), id, 100, 'CNY', '2026-06-01', 'B-1', '${member}', '2026-07-01' from ${all};
     insert into plg_franchise.opening_tasks (organization_id, id, application_id, position, title, due_on, done_at)
     select organization_id, gen_random_uuid(), id, n, 'Task', '2099-06-01', case when n = 1 then now() end from plg_franchise.applications,
       generate_series(1, 2) as of (n) ${own};
     update business_forms set kind = 'FRANCHISE_COMMITTEE' where id = '${form}';
     update interactions set kind = 'FRANCHISE_APPLICATION', form_id = null where form_id = '${form}';
     insert into plg_franchise.ballots (organization_id, form_id, application_id, round, member_id, state)
     select organization_id, '${form}', id, 1, '${member}', 'FOR' from ${all} order by id limit 1`,
  );
}
