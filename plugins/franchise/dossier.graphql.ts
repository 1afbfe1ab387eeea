import { FILE_READER, type GuichetBuilder, sql, types } from '@guichet/sdk';
import { scoreRoles } from './application.roles.ts';
import { deposits, disclosures, openingTasks } from './closing.entity.ts';
import { COMMITTEE } from './committee.service.ts';
import { documents, siteVisits } from './dossier.entity.ts';
import { franchise } from './permissions.ts';
import {
  FranchiseApplication,
  FranchiseBallot,
  FranchiseDeposit,
  FranchiseDisclosure,
  FranchiseDocument,
  FranchiseDocumentState,
  FranchiseInteraction,
  FranchiseOpeningTask,
  FranchiseScore,
  FranchiseScoreState,
  FranchiseSiteVisit,
  FranchiseVote,
} from './refs.ts';

const { read, inside, money, ballot } = franchise;

/** What belongs to an application. */
export function dossierTypes(builder: GuichetBuilder): void {
  documentType(builder);
  siteVisitType(builder);
  scoreType(builder);
  ballotType(builder);
  disclosureType(builder);
  depositType(builder);
  openingTaskType(builder);
}

function documentType(builder: GuichetBuilder): void {
  const rule = franchise.documents;
  builder.words(FranchiseDocumentState);
  builder.entity(FranchiseDocument, {
    description: 'A document that an applicant is asked for.',
    roles: builder.rolesThrough(FranchiseApplication, documents, 'application_id', rule.roles),
    listedFor: rule.roles,
    filters: {
      state: { compares: 'enum', column: 'state', values: FranchiseDocumentState.name, rule, description: 'By where it stands.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      application: t.relation(FranchiseApplication, 'application_id', { description: 'Of which application.', rule }),
      kind: t.column('kind', { description: 'What it is, such as a business licence.', rule }),
      state: t.column('state', { type: FranchiseDocumentState, description: 'Where it stands.', rule }),
      dueOn: t.column('due_on', { description: 'By which day it is asked for.', rule }),
      expiresOn: t.column('expires_on', { description: 'The last day on which it is good; null: it does not expire.', rule }),
      file: t.one(types.File, {
        on: (document, file) => sql`${file.id} = ${document.file_id}`,
        proves: [FILE_READER],
        description: 'What has come.',
        rule,
      }),
      remark: t.column('remark', { description: 'Why it is asked for again.', rule }),
      uploadedAt: t.column('uploaded_at', { description: 'When it has come.', rule }),
      verifiedAt: t.column('verified_at', { description: 'When it was looked at.', rule: franchise.documentsInside }),
      verifiedBy: t.relation(types.Employee, 'verified_by', { description: 'Who looked at it.', rule: franchise.documentsInside }),
    }),
  });
  builder.queryField('expiringDocuments', (t) =>
    t.entityPages(FranchiseDocument, {
      description: 'Documents that were accepted and expire by a day, of applications that you have to do with; the newest first.',
      rule: franchise.documentsInside,
      args: { by: t.arg.day({ description: 'The day; any where it is left out.', required: false }) },
      listedBy: () => franchise.documentsInside.roles,
      where: (row, { argument }) =>
        sql`${row.state} = 'VERIFIED' and ${row.expires_on} <= coalesce(${argument('by', 'date')}, ${row.expires_on})`,
    }),
  );
}

function siteVisitType(builder: GuichetBuilder): void {
  builder.entity(FranchiseSiteVisit, {
    description: 'Somebody looks at the site of an application.',
    roles: builder.rolesThrough(FranchiseApplication, siteVisits, 'application_id', inside.roles),
    listedFor: inside.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: inside }),
      inspector: t.relation(types.Employee, 'inspector_id', { description: 'Who looks at it.', rule: inside }),
      at: t.column('at', { description: 'When.', rule: inside }),
      address: t.column('address', { description: 'Where.', rule: inside }),
      findings: t.column('findings', { description: 'What they found.', rule: inside }),
      isSuitable: t.column('is_suitable', { description: 'Whether a store could be there.', rule: inside }),
      recordedAt: t.column('recorded_at', { description: 'When they wrote it down.', rule: inside }),
    }),
  });
}

function scoreType(builder: GuichetBuilder): void {
  const rule = franchise.scores;
  const Points = builder.objectRef<{ criterion: string; points: number }>('FranchisePoints').implement({
    description: 'Points for one criterion.',
    fields: (t) => ({
      criterion: t.exposeString('criterion', { description: 'Key of the criterion.', rule }),
      points: t.exposeInt('points', { description: 'From 0 to 10.', rule }),
    }),
  });
  builder.words(FranchiseScoreState);
  builder.entity(FranchiseScore, {
    description: 'What somebody says of an application, by its sheet. Before all have, each sees their own alone.',
    roles: scoreRoles(builder),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      application: t.relation(FranchiseApplication, 'application_id', { description: 'Of which application.', rule }),
      scorer: t.relation(types.Employee, 'scorer_id', { description: 'Who scores.', rule }),
      state: t.column('state', { type: FranchiseScoreState, description: 'Where it stands.', rule }),
      points: t.field({
        type: [Points],
        nullable: true,
        description: 'Points for each criterion.',
        rule,
        needs: ['points'],
        resolve: ({ points }) => (points ? [...points] : null),
      }),
      total: t.column('total', { description: 'The weighted mean, in hundredths of a point of ten.', rule }),
      isKnockOut: t.column('is_knock_out', { description: 'Whether a criterion is below its least.', rule }),
      note: t.column('note', { description: 'What they say beside it.', rule }),
      at: t.column('at', { description: 'When it was given.', rule }),
    }),
  });
  builder.queryField('myFranchiseScores', (t) =>
    t.entityPages(FranchiseScore, {
      description: 'Scores that you are to give, or have given; the newest first.',
      rule: franchise.scores,
      listedBy: () => [franchise.scores.roles.at(-1)!],
    }),
  );
}

function ballotType(builder: GuichetBuilder): void {
  builder.words(FranchiseVote);
  builder.entityKind(FranchiseBallot, types.BusinessForm, {
    value: COMMITTEE,
    joinedBy: 'form_id',
    description: 'What a member of a committee decides, as a business form among colleagues.',
    fields: (t) => ({
      application: t.relation(FranchiseApplication, 'application_id', { description: 'About which application.', rule: ballot }),
      vote: t.column('state', { type: FranchiseVote, description: 'What they say.', rule: ballot }),
    }),
  });
  builder.entityKind(FranchiseInteraction, types.Interaction, {
    value: 'FRANCHISE_APPLICATION',
    description: 'The contact asked for a franchise.',
    fields: () => ({}),
  });
}

function disclosureType(builder: GuichetBuilder): void {
  builder.entity(FranchiseDisclosure, {
    description: 'What the law wants an applicant to know before they sign, as it was sent.',
    roles: builder.rolesThrough(FranchiseApplication, disclosures, 'application_id', read.roles),
    listedFor: read.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      position: t.column('position', { description: 'The first is 1.', rule: read }),
      text: t.column('text', { description: 'What was disclosed; null: it is a file.', rule: read }),
      file: t.one(types.File, {
        on: (disclosure, file) => sql`${file.id} = ${disclosure.file_id}`,
        proves: [FILE_READER],
        description: 'The file, as it was sent; null: it is a text.',
        rule: read,
      }),
      sha256: t.column('sha256', {
        description: 'SHA-256 of the text in UTF-8, or of the file: what is acknowledged names it.',
        rule: read,
      }),
      sentAt: t.column('sent_at', { description: 'When it was sent.', rule: read }),
      days: t.column('days', { description: 'Days that the law asks for between this and signing.', rule: read }),
      isExempt: t.column('is_exempt', { description: 'Whether it is a renewal on the same terms, which waits for nothing.', rule: read }),
      acknowledgedAt: t.column('acknowledged_at', { description: 'When the applicant has acknowledged it.', rule: read }),
      evidenceId: t.column('evidence_id', { description: 'Of the evidence that the server keeps for good.', rule: inside }),
    }),
  });
}

function depositType(builder: GuichetBuilder): void {
  builder.entity(FranchiseDeposit, {
    description: 'The deposit of an applicant.',
    roles: builder.rolesThrough(FranchiseApplication, deposits, 'application_id', money.roles),
    listedFor: money.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: money }),
      application: t.relation(FranchiseApplication, 'application_id', { description: 'Of which application.', rule: money }),
      amount: t.money('amount_minor', 'currency', { description: 'How much.', rule: money, nullable: false }),
      receivedOn: t.column('received_on', { description: 'When it has come.', rule: money }),
      reference: t.column('reference', { description: 'By which it is found in the books.', rule: franchise.moneyInside }),
      refundDueSince: t.column('refund_due_since', { description: 'Since when it is to go back.', rule: money }),
      refundedOn: t.column('refunded_on', { description: 'When it has gone back.', rule: money }),
    }),
  });
  builder.queryField('franchiseRefundsDue', (t) =>
    t.entityPages(FranchiseDeposit, {
      description: 'Deposits that are to go back, the newest first.',
      rule: franchise.moneyInside,
      listedBy: () => franchise.moneyInside.roles,
      where: (row) => sql`${row.refund_due_since} is not null and ${row.refunded_on} is null`,
    }),
  );
}

function openingTaskType(builder: GuichetBuilder): void {
  builder.entity(FranchiseOpeningTask, {
    description: 'What is to be done before a store opens.',
    roles: builder.rolesThrough(FranchiseApplication, openingTasks, 'application_id', read.roles),
    listedFor: read.roles,
    orders: { POSITION: { column: 'position', rule: read, description: 'In their order.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      title: t.column('title', { description: 'What is to be done.', rule: read }),
      dueOn: t.column('due_on', { description: 'By which day.', rule: read }),
      doneAt: t.column('done_at', { description: 'When it was done; null: it is open.', rule: read }),
    }),
  });
}
