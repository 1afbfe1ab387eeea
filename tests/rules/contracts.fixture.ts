import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from './rows.fixture.ts';

export interface ContractParties {
  readonly organizationId: string;
  /** Global ids. */
  readonly drafter: string;
  readonly contact: string;
  /** Signs for the contact. */
  readonly countersigner: string;
  /** Looks on for the contact. */
  readonly viewer: string;
  /** A form that stands for the review. */
  readonly form: string;
  /** Contracts, and rows of each kind beside each of them. */
  readonly count: number;
}

/** Contracts of which every column has a value, with what belongs to them: in force, shared and signed by both sides, outside also by somebody else. */
export async function makeContracts(
  server: TestServer,
  { organizationId, drafter, contact, countersigner, viewer, form, count }: ContractParties,
): Promise<void> {
  const [d, c, f] = [decodeGlobalId('Employee', drafter), decodeGlobalId('Contact', contact), decodeGlobalId('BusinessForm', form)];
  const [s, v] = [decodeGlobalId('Contact', countersigner), decodeGlobalId('Contact', viewer)];
  const sha = '0'.repeat(64);
  const each = `generate_series(1, ${count}) as of (n)`;
  const all = `plg_contract.contracts contract, ${each} where contract.organization_id = '${organizationId}'`;
  await asOwner(
    server,
    `insert into plg_contract.contracts (organization_id, id, number, title, kind, contact_id, drafter_id, state, amount_minor, currency, starts_on, ends_on,
       renews_months, notice_days, own_name, counterparty_name, counterparty_code, counterparty_address, form_id, frozen_sha256, shared_at, signing_order,
       signing_expires_at, round, void_asked_by, termination_asked_by, ends_early_on, reason, created_at)
     select '${organizationId}', gen_random_uuid(), 'CT-2025-00000' || n, 'Saws', 'SALES', '${c}', '${d}', 'ACTIVE', 100, 'CNY', '2026-06-01', '2027-06-01',
       12, 30, 'Test Works', 'Lakeside', '9131', '1 Quay', '${f}', '${sha}', now(), 'ANY', '2099-01-01', 1, 'OWN', 'OWN', '2027-01-01', 'So.', now() from ${each};
     insert into plg_contract.versions (organization_id, id, contract_id, position, text, sha256, note, author_id, created_at, shared_at)
     select organization_id, gen_random_uuid(), id, n, 'We deliver.', '${sha}', 'First.', '${d}', now(), now() from ${all};
     update plg_contract.contracts contract set (current_version_id, approved_version_id, shared_version_id, amends_id) =
       (select version.id, version.id, version.id, contract.id from plg_contract.versions version where version.contract_id = contract.id order by position limit 1)
       where organization_id = '${organizationId}';
     insert into plg_contract.internal_comments (organization_id, id, contract_id, version_id, author_id, text, created_at)
     select organization_id, gen_random_uuid(), id, current_version_id, '${d}', 'Inside.', now() from ${all};
     insert into plg_contract.shared_comments (organization_id, id, contract_id, version_id, side, author_id, text, proposed_text, created_at)
     select organization_id, gen_random_uuid(), id, current_version_id, 'OWN', '${d}', 'To all.', 'Otherwise.', now() from ${all};
     insert into plg_contract.obligations (organization_id, id, contract_id, title, side, due_on)
     select organization_id, gen_random_uuid(), id, 'Deliver', 'OWN', '2026-05-01' from ${all};
     insert into plg_contract.obligations (organization_id, id, contract_id, title, side, due_on, done_at)
     select organization_id, gen_random_uuid(), id, 'Pay', 'COUNTERPARTY', '2026-05-01', now() from ${all};
     insert into plg_contract.signers (organization_id, id, contract_id, round, position, side, seat_id, name, role, on_behalf_of, state, signed_at, sha256,
       method, phone_masked, evidence_id, reason)
     select organization_id, gen_random_uuid(), id, 1, position, side, seat, 'Qin Lan', 'Director', 'He Jing', 'SIGNED', now(), '${sha}', 'PHONE_CODE',
       '+86138****0001', gen_random_uuid(), 'No.' from plg_contract.contracts, (values (1, 'OWN', '${d}'::uuid), (2, 'COUNTERPARTY', '${c}'::uuid), (3, 'COUNTERPARTY', '${s}'::uuid)) as of (position, side, seat)
       where organization_id = '${organizationId}';
     update contacts set company_id = (select company_id from contacts where id = '${c}') where id = '${v}';
     insert into plg_contract.viewers (organization_id, id, contract_id, contact_id, name, since)
     select organization_id, gen_random_uuid(), id, '${v}', 'Lu Yan', now() from plg_contract.contracts where organization_id = '${organizationId}';
     insert into plg_contract.counterparties (organization_id, id, contract_id, contact_id, position, legal_name, credit_code, address)
     select organization_id, gen_random_uuid(), contract.id, further.id, further.position, 'Mountain ' || further.position, '9144', '3 Hill'
       from plg_contract.contracts contract, (select id, 1 + row_number() over (order by id) as position from contacts
         where organization_id = '${organizationId}' and id not in ('${c}', '${s}', '${v}') order by id limit 3) further
       where contract.organization_id = '${organizationId}';
     update plg_contract.signers signer set counterparty_id = further.id from plg_contract.counterparties further
       where further.contract_id = signer.contract_id and further.position = 2 and signer.position = 3;
     update plg_contract.shared_comments comment set side = 'COUNTERPARTY', author_id = further.contact_id from plg_contract.counterparties further
       where further.contract_id = comment.contract_id and further.position = 2;
     insert into plg_contract.templates (organization_id, id, name, kind, clauses)
     select '${organizationId}', gen_random_uuid(), 'Template ' || n, 'SALES', '[{ "heading": "Price", "text": "You pay {{price}}." }]' from ${each};
     update business_forms set kind = 'CONTRACT_REVIEW' where id = '${f}';
     insert into plg_contract.reviews (organization_id, form_id, contract_id, version_id)
     select organization_id, '${f}', id, current_version_id from plg_contract.contracts where organization_id = '${organizationId}' order by id limit 1`,
  );
}
