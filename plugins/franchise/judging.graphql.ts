import { type GuichetBuilder, invalidTransition } from '@guichet/sdk';
import { decideCommittee, holdBallots, ownBallot } from './committee.service.ts';
import { franchiseDecidedAlready } from './franchise.errors.ts';
import { MOST_POINTS_OF_ONE } from './franchise.rules.ts';
import { holdFor } from './holding.service.ts';
import { franchise } from './permissions.ts';
import { FranchiseScore } from './refs.ts';
import { ownScore, recordSiteVisit, recuse, submitScore } from './scoring.service.ts';
import { franchiseId, theApplication } from './steps.graphql.ts';

const { inspect, score, scores, judge, decide } = franchise;

/** What inspectors, those who score and the committee do. */
export function judgingMutations(builder: GuichetBuilder): void {
  const Points = builder.inputType('FranchisePointsInput', {
    description: 'Points for one criterion of the sheet.',
    fields: (t) => ({
      criterion: t.name({ description: 'Its key.', max: 40 }),
      points: t.integer({ description: 'From 0 to 10.', min: 0, max: MOST_POINTS_OF_ONE }),
    }),
  });
  builder.useCase('recordSiteVisit', {
    description: 'Writes down what the site is like. It can be mended until all scores are in.',
    rule: inspect,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      findings: t.text({ description: 'What you found.', max: 10_000 }),
      isSuitable: t.flag({ description: 'Whether a store could be there.' }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'recordSiteVisit', id)),
    run: async (use, { franchiseId: id, ...said }) => {
      await recordSiteVisit(use, id, said);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('submitScore', {
    description: 'Scores an application, once. You see what others say when all have.',
    rule: score,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      points: t.listOf(Points, { description: 'For each criterion of the application’s sheet.', least: 1, most: 30 }),
      note: t.text({ description: 'What you say beside it.', max: 5_000, required: false }),
    }),
    refusals: [invalidTransition, franchiseDecidedAlready],
    guard: async (use, { franchiseId: id }) => {
      await holdFor(use, 'submitScore', id);
      return ownScore(use, id);
    },
    run: async (use, given, own) => {
      await submitScore(use, given, own);
      return { application: given.franchiseId, score: own.id };
    },
    success: (t) => ({
      application: theApplication(t),
      score: t.loaded(FranchiseScore, 'score', { description: 'What you have said.', rule: scores }),
    }),
  });
  builder.useCase('recuseFromApplication', {
    description:
      'Takes no part in an application, as somebody does who is related to the applicant: neither score nor vote of yours counts.',
    rule: judge,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), reason: t.text({ description: 'Why.', max: 1_000 }) }),
    refusals: [invalidTransition, franchiseDecidedAlready],
    guard: async (use, { franchiseId: id }) => {
      await holdBallots(use, id);
      await holdFor(use, 'recuseFromApplication', id);
    },
    run: async (use, { franchiseId: id, reason }) => {
      await recuse(use, id, reason);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('decideCommittee', {
    description: 'Decides as a member of the committee, as `approveFormTask` and `rejectFormTask` do with your form.',
    rule: decide,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      approves: t.flag({ description: 'Whether you agree.' }),
      comment: t.text({ description: 'Why, for those inside.', max: 2_000, required: false }),
    }),
    refusals: [invalidTransition, franchiseDecidedAlready],
    guard: async (use, { franchiseId: id }) => {
      await holdBallots(use, id);
      await holdFor(use, 'decideCommittee', id);
      return ownBallot(use, id);
    },
    run: async (use, { franchiseId: id, ...given }, formId) => {
      await decideCommittee(use, formId, given);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}
