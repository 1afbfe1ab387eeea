import { ADMIN, COLLEAGUE, FILE_READER, type GuichetBuilder, heldByAll, refuseSuspended, sql, types } from '@guichet/sdk';
import { internalComments, obligations, sharedComments } from './contract.entity.ts';
import { versionRoles, viewerRoles } from './contract.roles.ts';
import { variablesOf } from './contract.rules.ts';
import { counterpartyType } from './counterparty.graphql.ts';
import { contract } from './permissions.ts';
import {
  Contract,
  ContractCounterparty,
  ContractInternalComment,
  ContractObligation,
  ContractReview,
  ContractSharedComment,
  ContractSide,
  ContractTemplate,
  ContractVersion,
  ContractViewer,
} from './refs.ts';
import { REVIEW } from './reviewing.service.ts';
import { signerType } from './signer.graphql.ts';
import { changesSince } from './version-reading.ts';

const { read, parties, inside } = contract;
/** Hexadecimal digits of a hash. */
const SHA256 = 64;

/** What belongs to a contract. */
export function partTypes(builder: GuichetBuilder): void {
  versionType(builder);
  commentTypes(builder);
  signerType(builder);
  counterpartyType(builder);
  viewerType(builder);
  obligationType(builder);
  reviewType(builder);
  templateType(builder);
}

function versionType(builder: GuichetBuilder): void {
  const Change = builder.objectRef<{ kind: 'SAME' | 'REMOVED' | 'ADDED'; text: string }>('ContractTextChange');
  const ChangeKind = builder.enumType('ContractChangeKind', {
    description: 'Where a line of two texts stands.',
    values: { SAME: { description: 'In both.' }, REMOVED: { description: 'In the former.' }, ADDED: { description: 'In the later.' } },
  });
  Change.implement({
    description: 'A line of two texts.',
    fields: (t) => ({
      kind: t.field({ type: ChangeKind, description: 'In which of them it stands.', rule: read, resolve: ({ kind }) => kind }),
      text: t.exposeString('text', { description: 'The line.', rule: read }),
    }),
  });
  builder.entity(ContractVersion, {
    description: 'What a contract says, as it was at one time. It is never changed.',
    roles: versionRoles(builder),
    listedFor: read.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      contract: t.relation(Contract, 'contract_id', { description: 'Of which contract.', rule: read }),
      position: t.column('position', { description: 'The first is 1.', rule: inside }),
      text: t.column('text', { description: 'What it says; null: it is a file.', rule: read }),
      file: t.one(types.File, {
        on: (version, file) => sql`${file.id} = ${version.file_id}`,
        proves: [FILE_READER],
        description: 'The file, named by the contract’s number; null: it is a text.',
        rule: read,
      }),
      sha256: t.column('sha256', {
        description: 'SHA-256 of the text in UTF-8, or of the file as it is read here: what is signed names it.',
        rule: read,
      }),
      note: t.column('note', { description: 'What was said inside about what has changed.', rule: inside }),
      author: t.relation(types.Employee, 'author_id', { description: 'Who wrote it.', rule: inside }),
      createdAt: t.column('created_at', { description: 'When it was written.', rule: read }),
      sharedAt: t.column('shared_at', { description: 'When it was shared with the counterparty.', rule: parties }),
      changes: t.field({
        type: [Change],
        nullable: true,
        description:
          'What has changed since another version of the contract, line by line; null where one of the two is a file, or not yours to read.',
        rule: parties,
        needs: ['contract_id', 'position', 'text'],
        args: {
          since: t.arg.text({
            description: '`sha256` of the other; by default the one before, of those that you read.',
            min: SHA256,
            max: SHA256,
            required: false,
          }),
        },
        resolve: ({ contract_id: contractId, position, text }, { since }, context) =>
          changesSince(context, { contractId, position, text, since }),
      }),
    }),
  });
}

function commentTypes(builder: GuichetBuilder): void {
  builder.entity(ContractInternalComment, {
    description: 'What somebody has said inside. The counterparty has no such type.',
    roles: builder.rolesThrough(Contract, internalComments, 'contract_id', inside.roles),
    listedFor: inside.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: inside }),
      version: t.relation(ContractVersion, 'version_id', { description: 'Of which version.', rule: inside }),
      author: t.relation(types.Employee, 'author_id', { description: 'Who said it.', rule: inside }),
      text: t.column('text', { description: 'What they said.', rule: inside }),
      createdAt: t.column('created_at', { description: 'When.', rule: inside }),
    }),
  });
  builder.entity(ContractSharedComment, {
    description: 'What a party has said to the others of a version that all have.',
    roles: builder.rolesThrough(Contract, sharedComments, 'contract_id', parties.roles),
    listedFor: parties.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: parties }),
      version: t.relation(ContractVersion, 'version_id', { description: 'Of which version.', rule: parties }),
      side: t.column('side', { type: ContractSide, description: 'Which side.', rule: parties }),
      counterparty: t.one(ContractCounterparty, {
        on: (comment, further) => sql`${further.contract_id} = ${comment.contract_id} and ${further.contact_id} = ${comment.author_id}`,
        proves: read.roles,
        description: 'Which of the further counterparties; null: the first, or the own side.',
        rule: parties,
      }),
      text: t.column('text', { description: 'What was said.', rule: parties }),
      proposedText: t.column('proposed_text', { description: 'Another wording that a counterparty proposes.', rule: parties }),
      createdAt: t.column('created_at', { description: 'When.', rule: parties }),
    }),
  });
}

function viewerType(builder: GuichetBuilder): void {
  const rule = contract.contact;
  builder.entity(ContractViewer, {
    description: 'Somebody who looks on for the counterparty.',
    roles: viewerRoles(builder),
    listedFor: rule.roles,
    orders: { SINCE: { column: 'since', rule, description: 'Who was named first.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'What they were called when they were named.', rule }),
      since: t.column('since', { description: 'When they were named.', rule: inside }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The contact.', rule: inside }),
    }),
  });
}

function obligationType(builder: GuichetBuilder): void {
  builder.entity(ContractObligation, {
    description: 'What one side has to do by a day.',
    roles: builder.rolesThrough(Contract, obligations, 'contract_id', parties.roles),
    listedFor: parties.roles,
    orders: { DUE: { column: 'due_on', rule: parties, description: 'By the day.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: parties }),
      contract: t.relation(Contract, 'contract_id', { description: 'Of which contract.', rule: parties }),
      title: t.column('title', { description: 'What is to be done.', rule: parties }),
      side: t.column('side', { type: ContractSide, description: 'By which side.', rule: parties }),
      dueOn: t.column('due_on', { description: 'By which day.', rule: parties }),
      doneAt: t.column('done_at', { description: 'When it was done; null: it is open.', rule: parties }),
    }),
  });
  builder.queryField('obligationsDue', (t) =>
    t.entityPages(ContractObligation, {
      description: 'What is open and due by a day, newest first.',
      rule: parties,
      check: refuseSuspended,
      args: { by: t.arg.day({ description: 'The day; any where it is left out.', required: false }) },
      where: (row, { argument }) => sql`${row.done_at} is null and ${row.due_on} <= coalesce(${argument('by', 'date')}, ${row.due_on})`,
    }),
  );
}

function reviewType(builder: GuichetBuilder): void {
  builder.entityKind(ContractReview, types.BusinessForm, {
    value: REVIEW,
    joinedBy: 'form_id',
    description: 'The review of a contract, as a business form among colleagues.',
    fields: (t) => ({
      contract: t.relation(Contract, 'contract_id', { description: 'What is reviewed.', rule: contract.reviewed }),
      contractVersion: t.relation(ContractVersion, 'version_id', { description: 'Which version.', rule: contract.reviewed }),
    }),
  });
}

function templateType(builder: GuichetBuilder): void {
  const Clause = builder.objectRef<{ heading: string; text: string }>('ContractClause').implement({
    description: 'A clause of a template.',
    fields: (t) => ({
      heading: t.exposeString('heading', { description: 'Its heading.', rule: contract.templates }),
      text: t.exposeString('text', { description: 'Its text, with variables such as {{price}}.', rule: contract.templates }),
    }),
  });
  builder.entity(ContractTemplate, {
    description: 'Clauses from which contracts are written.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'), heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: contract.templates }),
      version: t.column('version', { description: 'Raised by every change.', rule: contract.templates }),
      name: t.column('name', { description: 'Its name.', rule: contract.templates }),
      kind: t.column('kind', { description: 'For which kind of contract.', rule: contract.templates }),
      clauses: t.field({
        type: [Clause],
        description: 'Its clauses, in their order.',
        rule: contract.templates,
        needs: ['clauses'],
        resolve: ({ clauses }) => [...clauses],
      }),
      variables: t.field({
        type: ['String'],
        description: 'Names of the variables in its clauses: each needs a value.',
        rule: contract.templates,
        needs: ['clauses'],
        resolve: ({ clauses }) => variablesOf(clauses),
      }),
    }),
  });
  builder.queryField('contractTemplates', (t) =>
    t.entityPages(ContractTemplate, { description: 'Templates of contracts, newest first.', rule: contract.templates }),
  );
}
