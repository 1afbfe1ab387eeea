import { EXTERNAL, type GuichetBuilder, moveFields, refuseSuspended, sql, types } from '@guichet/sdk';
import { ContractStateName, contractMoves } from './contract.moves.ts';
import { contractRoles } from './contract.roles.ts';
import { shownState } from './contract.standing.ts';
import { MOST_FURTHER } from './counterparty.service.ts';
import { COUNTERSIGNER, contract, DRAFTER, REVIEWER, SIGNER, VIEWER } from './permissions.ts';
import {
  Contract,
  ContractCounterparty,
  ContractInternalComment,
  ContractObligation,
  ContractSharedComment,
  ContractSide,
  ContractSigner,
  ContractSigningOrder,
  ContractVersion,
  ContractViewer,
  ContractViewerCan,
} from './refs.ts';
import { MOST_VIEWERS } from './viewer.service.ts';

const { read, parties, inside } = contract;
const MOST = 100;
const LISTED = [DRAFTER, SIGNER, REVIEWER, EXTERNAL, VIEWER, COUNTERSIGNER];

/** A contract, and the lists of them. */
export function contractTypes(builder: GuichetBuilder): void {
  builder.words(ContractStateName);
  builder.words(ContractSide);
  builder.words(ContractSigningOrder);
  builder.entity(Contract, {
    description: 'A contract with a counterparty, or several.',
    roles: contractRoles(builder),
    listedFor: read.roles,
    filters: {
      state: { compares: 'enum', column: 'state', values: 'ContractState', rule: inside, description: 'By where it stands.' },
      endsOn: { compares: 'date', column: 'ends_on', rule: read, description: 'By its last day.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      version: t.column('version', { description: 'Raised by every change.', rule: inside }),
      number: t.column('number', {
        description: 'Its number; of an amendment that of what it amends, with six characters more.',
        rule: read,
      }),
      title: t.column('title', { description: 'What it is about.', rule: read }),
      kind: t.column('kind', { description: 'Of which kind it is, as the organization calls it.', rule: read }),
      state: t.onEach({
        staff: t.column('state', { type: ContractStateName, surface: 'staff', description: 'Where it stands.', rule: read }),
        portal: t.expression(ContractStateName, (row) => shownState(row.state), {
          surface: 'portal',
          description: 'Where it stands; `NEGOTIATION` as long as it can be worded anew, whoever has it.',
          rule: read,
          nullable: false,
        }),
      }),
      amount: t.money('amount_minor', 'currency', { description: 'What it is worth.', rule: read, nullable: false }),
      startsOn: t.column('starts_on', { description: 'Its first day.', rule: read }),
      endsOn: t.column('ends_on', { description: 'Its last day; null: it has none.', rule: read }),
      endsEarlyOn: t.column('ends_early_on', {
        description: 'The last day that a side has asked for, or both have agreed on.',
        rule: parties,
      }),
      terminationAskedBy: t.column('termination_asked_by', {
        type: ContractSide,
        description: 'The side that wants it to end on that day, as long as the other has not agreed.',
        rule: parties,
      }),
      renewsMonths: t.column('renews_months', { description: 'Months that it goes on for when it ends; null: it ends.', rule: read }),
      noticeDays: t.column('notice_days', { description: 'Working days of notice.', rule: read }),
      ownName: t.column('own_name', { description: 'What the organization is called in it.', rule: read }),
      counterpartyName: t.column('counterparty_name', {
        description: 'What the other side is called in it; of several the first.',
        rule: read,
      }),
      counterpartyCode: t.column('counterparty_code', { description: 'Its credit code.', rule: read }),
      counterpartyAddress: t.column('counterparty_address', { description: 'Its address.', rule: read }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The contact that it is made with.', rule: contract.contact }),
      furtherCounterparties: t.list(ContractCounterparty, {
        on: (row, further) => sql`${further.contract_id} = ${row.id}`,
        description: 'The counterparties beside the first, in their order.',
        rule: read,
        atMost: MOST_FURTHER,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: read.roles,
      }),
      viewers: t.list(ContractViewer, {
        on: (row, viewer) => sql`${viewer.contract_id} = ${row.id}`,
        description:
          'Who looks on for the counterparties; each of these finds those of its company. Whoever has gone to another company since reads nothing, and is not found any more.',
        rule: contract.contact,
        atMost: MOST_VIEWERS,
        order: { by: 'SINCE', direction: 'ASC' },
      }),
      drafter: t.relation(types.Employee, 'drafter_id', { description: 'Who drafted it and answers for it.', rule: inside }),
      currentVersion: t.onEach({
        staff: t.relation(ContractVersion, 'current_version_id', { surface: 'staff', description: 'What it says.', rule: read }),
        portal: t.relation(ContractVersion, 'shared_version_id', {
          surface: 'portal',
          description: 'What it says: the last version that was shared with the counterparty, or sent to be signed.',
          rule: read,
        }),
      }),
      isApproved: t.expression(
        'Boolean',
        (row) => sql`${row.approved_version_id} is not null and ${row.approved_version_id} = ${row.current_version_id}`,
        {
          description: 'Whether its reviewers have agreed to what is current.',
          rule: inside,
        },
      ),
      frozenSha256: t.column('frozen_sha256', { description: 'The hash of what is to be signed, once that is fixed.', rule: read }),
      signingOrder: t.column('signing_order', { type: ContractSigningOrder, description: 'In which order people sign.', rule: read }),
      signingExpiresAt: t.column('signing_expires_at', { description: 'Until when it can be signed.', rule: read }),
      voidAskedBy: t.column('void_asked_by', { type: ContractSide, description: 'The side that wants it void.', rule: parties }),
      amends: t.relation(Contract, 'amends_id', { description: 'What it amends.', rule: parties }),
      reason: t.column('reason', { description: 'Why it was declined, made void or ended.', rule: parties }),
      createdAt: t.column('created_at', { description: 'When it was drafted.', rule: read }),
      signers: t.list(ContractSigner, {
        on: (row, signer) => sql`${signer.contract_id} = ${row.id} and ${signer.round} = ${row.round}`,
        description: 'Who is to sign, in their order.',
        rule: read,
        atMost: MOST,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: read.roles,
      }),
      versions: t.pages(ContractVersion, {
        on: (row, version) => sql`${version.contract_id} = ${row.id}`,
        description: 'What it said and says, newest first; outside what was shared.',
        rule: parties,
      }),
      internalComments: t.pages(ContractInternalComment, {
        on: (row, comment) => sql`${comment.contract_id} = ${row.id}`,
        description: 'What was said inside, newest first.',
        rule: inside,
      }),
      sharedComments: t.pages(ContractSharedComment, {
        on: (row, comment) => sql`${comment.contract_id} = ${row.id}`,
        description: 'What both sides have said, newest first.',
        rule: parties,
      }),
      obligations: t.list(ContractObligation, {
        on: (row, of) => sql`${of.contract_id} = ${row.id}`,
        description: 'What is to be done by a day, in the order of the days.',
        rule: parties,
        atMost: MOST,
        order: { by: 'DUE', direction: 'ASC' },
        proves: parties.roles,
      }),
      viewerCan: t.sameRow(ContractViewerCan, { description: 'What you can do with it now.', rule: read }),
    }),
  });
  builder.entityPart(ContractViewerCan, {
    description: 'What a seat can do with a contract as it stands.',
    fields: (t) => {
      const { expire: _, activate: __, warn: ___, end: ____, ...ofPeople } = moveFields(t, contractMoves, 'state', read);
      return ofPeople;
    },
  });
  declareLists(builder);
}

function declareLists(builder: GuichetBuilder): void {
  builder.queryField('myContracts', (t) =>
    t.entityPages(Contract, {
      description:
        'Contracts that you drafted, review or sign, and as a contact those that were shared with you or that you sign; newest first.',
      rule: read,
      check: refuseSuspended,
      listedBy: () => LISTED,
    }),
  );
  builder.queryField('contract', (t) =>
    t.entity(Contract, {
      description: 'One contract.',
      rule: read,
      args: { id: t.arg.globalId(Contract, { description: 'Global id of the contract.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', Contract)}`,
    }),
  );
  builder.queryField('expiringContracts', (t) =>
    t.entityPages(Contract, {
      description: 'Contracts in force whose last day comes by a day, newest first.',
      rule: inside,
      args: { by: t.arg.day({ description: 'The day; any where it is left out.', required: false }) },
      listedBy: () => [DRAFTER, SIGNER, REVIEWER],
      where: (row, { argument }) =>
        sql`${row.ends_on} <= coalesce(${argument('by', 'date')}, ${row.ends_on}) and (${row.state} = 'ACTIVE' or ${row.state} = 'EXPIRING' or ${row.state} = 'RENEWED')`,
    }),
  );
}
