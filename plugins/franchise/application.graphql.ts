import { ContractRef } from '@guichet/plugin-contract';
import { EXTERNAL, type GuichetBuilder, moveFields, refuseSuspended, sql, types, valueFrom } from '@guichet/sdk';
import { coApplicants } from './application.entity.ts';
import { FranchiseStateName, franchiseMoves } from './application.moves.ts';
import { applicationRoles } from './application.roles.ts';
import { ballots, scores } from './dossier.entity.ts';
import { franchise } from './permissions.ts';
import {
  FranchiseApplication,
  FranchiseApplicationViewerCan,
  FranchiseBrand,
  FranchiseDeposit,
  FranchiseDisclosure,
  FranchiseDocument,
  FranchiseHold,
  FranchiseOpeningTask,
  FranchiseProfile,
  FranchiseScore,
  FranchiseScoreSheet,
  FranchiseSiteVisit,
  FranchiseTerritory,
} from './refs.ts';
import { MOST_TOGETHER } from './together.service.ts';

const { read, inside, judged, profile, money, documents } = franchise;
const MOST = 100;

/** An application, and the lists of them. */
export function applicationTypes(builder: GuichetBuilder): void {
  builder.words(FranchiseStateName);
  builder.entity(FranchiseApplication, {
    description: 'One person’s application for a store of a brand.',
    roles: applicationRoles(builder),
    listedFor: read.roles,
    filters: {
      state: { compares: 'enum', column: 'state', values: FranchiseStateName.name, rule: read, description: 'By where it stands.' },
      stateSince: { compares: 'instant', column: 'state_since', rule: read, description: 'By since when it stands there.' },
      brand: { compares: 'id', type: 'FranchiseBrand', column: 'brand_id', rule: read, description: 'By brand.' },
      territory: { compares: 'id', type: 'FranchiseTerritory', column: 'territory_id', rule: read, description: 'By territory.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      version: t.column('version', { description: 'Raised by every change.', rule: inside }),
      number: t.column('number', { description: 'Its number.', rule: read }),
      state: t.column('state', { type: FranchiseStateName, description: 'Where it stands.', rule: read }),
      stateSince: t.column('state_since', { description: 'Since when it stands there.', rule: read }),
      createdAt: t.column('created_at', { description: 'When it was begun.', rule: read }),
      brand: t.relation(FranchiseBrand, 'brand_id', { description: 'For which brand.', rule: read }),
      territory: t.relation(FranchiseTerritory, 'territory_id', { description: 'For which territory.', rule: read }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The applicant.', rule: inside }),
      coApplicants: t.list(types.Contact, {
        through: { co: coApplicants },
        on: (row, contact, { co }) => sql`${co.application_id} = ${row.id} and ${contact.id} = ${co.contact_id}`,
        description: 'Who applies together with the applicant.',
        rule: inside,
        atMost: MOST_TOGETHER,
      }),
      profile: t.sameRow(FranchiseProfile, { description: 'Means and experience of the applicant.', rule: profile }),
      interviewAt: t.column('interview_at', { description: 'When the interview is.', rule: read }),
      interviewPlace: t.column('interview_place', { description: 'Where the interview is.', rule: read }),
      earliestSigningOn: t.column('earliest_signing_on', {
        description: 'The first lawful day to sign, by what was disclosed last.',
        rule: read,
      }),
      contract: t.relation(ContractRef, 'contract_id', { description: 'The contract, as far as you may see it.', rule: read }),
      signedOn: t.column('signed_on', { description: 'When the contract was signed by all.', rule: read }),
      coolingOffUntil: t.column('cooling_off_until', { description: 'The last day on which it can be rescinded.', rule: read }),
      releasedReason: t.column('released_reason', { description: 'Why it was rejected, in words for the applicant.', rule: read }),
      innerReason: t.column('inner_reason', { description: 'Why it was rejected, for those inside.', rule: inside }),
      reapplyFrom: t.column('reapply_from', { description: 'From when on the applicant may apply for the brand again.', rule: read }),
      previous: t.relation(FranchiseApplication, 'previous_id', {
        description: 'Their application for the brand before this one.',
        rule: read,
      }),
      score: t.column('score', { description: 'Mean of the scores, in hundredths of a point of ten, once all are in.', rule: judged }),
      isKnockedOut: t.column('is_knocked_out', { description: 'Whether a criterion knocks it out: it is to be rejected.', rule: judged }),
      scoreSheet: t.relation(FranchiseScoreSheet, 'sheet_id', {
        description: 'The sheet that it is scored by, whatever the brand has now.',
        rule: inside,
      }),
      scoresToCome: t.expression(
        'Int53',
        (row) =>
          valueFrom(row, { score: scores }, ({ score }) => ({
            value: sql`count(*)`,
            where: sql`${score.application_id} = ${row.id} and ${score.state} = 'WAITING'`,
          })),
        { description: 'How many scores are to come.', rule: inside },
      ),
      scores: t.list(FranchiseScore, {
        on: (row, score) => sql`${score.application_id} = ${row.id}`,
        description: 'Scores, side by side: your own, and those of others once all are in.',
        rule: judged,
        atMost: MOST,
      }),
      votesFor: t.expression(
        'Int53',
        (row) =>
          valueFrom(row, { ballot: ballots }, ({ ballot }) => ({
            value: sql`count(*)`,
            where: sql`${ballot.application_id} = ${row.id} and ${ballot.round} = ${row.round} and ${ballot.state} = 'FOR'`,
          })),
        { description: 'How many of the committee agree, in its last round.', rule: judged },
      ),
      votesAgainst: t.expression(
        'Int53',
        (row) =>
          valueFrom(row, { ballot: ballots }, ({ ballot }) => ({
            value: sql`count(*)`,
            where: sql`${ballot.application_id} = ${row.id} and ${ballot.round} = ${row.round} and ${ballot.state} = 'AGAINST'`,
          })),
        { description: 'How many of the committee do not agree, in its last round.', rule: judged },
      ),
      siteVisit: t.one(FranchiseSiteVisit, {
        on: (row, visit) => sql`${visit.application_id} = ${row.id}`,
        description: 'Who looks at the site, and what they found.',
        rule: inside,
      }),
      documents: t.list(FranchiseDocument, {
        on: (row, one) => sql`${one.application_id} = ${row.id}`,
        description: 'Documents that the applicant was asked for, the newest first.',
        rule: documents,
        atMost: MOST,
      }),
      hold: t.one(FranchiseHold, {
        on: (row, hold) => sql`${hold.application_id} = ${row.id} and ${hold.is_live}`,
        description: 'The place that is kept for it.',
        rule: read,
      }),
      disclosures: t.list(FranchiseDisclosure, {
        on: (row, one) => sql`${one.application_id} = ${row.id}`,
        description: 'What was disclosed, the newest first.',
        rule: read,
        atMost: MOST,
      }),
      deposit: t.one(FranchiseDeposit, {
        on: (row, one) => sql`${one.application_id} = ${row.id}`,
        description: 'The deposit.',
        rule: money,
      }),
      openingTasks: t.list(FranchiseOpeningTask, {
        on: (row, task) => sql`${task.application_id} = ${row.id}`,
        description: 'What the opening needs.',
        rule: read,
        atMost: MOST,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: read.roles,
      }),
      viewerCan: t.sameRow(FranchiseApplicationViewerCan, { description: 'What you can do with it now.', rule: read }),
    }),
  });
  builder.entityPart(FranchiseProfile, {
    description: 'What an applicant says of themselves.',
    fields: (t) => ({
      version: t.column('profile_version', { description: 'Raised by the applicant’s own saving.', rule: profile }),
      legalName: t.column('legal_name', { description: 'As what they would sign.', rule: profile }),
      capital: t.money('capital_minor', 'capital_currency', { description: 'What they can put in.', rule: profile }),
      experience: t.column('experience', { description: 'What they have done.', rule: profile }),
      message: t.column('message', { description: 'What they have said when they asked.', rule: profile }),
    }),
  });
  builder.entityPart(FranchiseApplicationViewerCan, {
    description: 'What a seat can do with an application as it stands.',
    fields: (t) => moveFields(t, franchiseMoves, 'state', read),
  });
  declareLists(builder);
}

function declareLists(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    myApplications: t.entityPages(FranchiseApplication, {
      description: 'Your applications for franchises, the newest first.',
      rule: franchise.apply,
      check: refuseSuspended,
      listedBy: () => [EXTERNAL],
    }),
    franchisePipeline: t.entityPages(FranchiseApplication, {
      description: 'Applications that you have to do with, the newest first.',
      rule: inside,
      listedBy: () => inside.roles,
    }),
    franchiseApplication: t.entity(FranchiseApplication, {
      description: 'One application.',
      rule: read,
      args: { id: t.arg.globalId(FranchiseApplication, { description: 'Global id of the application.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', FranchiseApplication)}`,
    }),
  }));
}
