import { type GuichetBuilder, invalidTransition, types } from '@guichet/sdk';
import { advance } from './applying.service.ts';
import { callCommittee } from './committee.service.ts';
import { documentOf, requestDocuments, verifyDocument } from './document.service.ts';
import { rejectApplication, releaseReason } from './ending.service.ts';
import { franchiseTerritoryNotAvailable } from './franchise.errors.ts';
import { held, holdFor } from './holding.service.ts';
import { franchise } from './permissions.ts';
import { FranchiseDocument, FranchiseTerritory } from './refs.ts';
import { scheduleInterview, scheduleSiteVisit } from './scoring.service.ts';
import { franchiseId, step, theApplication } from './steps.graphql.ts';
import { holdTerritory, releaseTerritory } from './territory.service.ts';
import { addCoApplicant, removeCoApplicant } from './together.service.ts';

const { recruit, verify } = franchise;
const reason = { description: 'Why, for those inside.', max: 5_000 };
const released = { description: 'Why, in words for the applicant.', max: 5_000 };

/** What the recruiter does, and who verifies. */
export function recruitingMutations(builder: GuichetBuilder): void {
  step(builder, 'qualifyApplication', 'Asks for a whole application: it is the applicant’s turn.', (use, id) =>
    advance(use, id, 'QUALIFIED'),
  );
  step(builder, 'reviewApplication', 'Takes up an application that is in.', (use, id) => advance(use, id, 'UNDER_REVIEW'));
  step(
    builder,
    'callCommittee',
    'Gives each member of the brand’s committee a form to decide; who answers for the applicant, asks, or takes no part is left out.',
    callCommittee,
  );
  step(builder, 'releaseTerritory', 'Lets the territory go that was kept.', releaseTerritory);
  declareDocuments(builder);
  declareMeetings(builder);
  declareTerritory(builder);
  declareRejection(builder);
  declareTogether(builder);
}

function declareDocuments(builder: GuichetBuilder): void {
  const Asked = builder.inputType('FranchiseDocumentInput', {
    description: 'A document to be asked for.',
    fields: (t) => ({
      kind: t.name({ description: 'What it is, such as a business licence.', max: 100 }),
      dueOn: t.day({ description: 'By which day.' }),
    }),
  });
  builder.useCase('requestDocuments', {
    description: 'Asks the applicant for documents, each by a day.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), documents: t.listOf(Asked, { description: 'Which.', least: 1, most: 20 }) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'requestDocuments', id)),
    run: async (use, { franchiseId: id, documents }) => {
      await requestDocuments(use, id, documents);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('verifyDocument', {
    description: 'Accepts a document that has come, or asks for it again with a remark that the applicant reads.',
    rule: verify,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      documentId: t.globalId(FranchiseDocument, { description: 'The document, of this application.' }),
      accept: t.flag({ description: 'Whether it is as it should be.' }),
      remark: t.text({ description: 'What is wrong with it, for the applicant.', max: 2_000, required: false }),
      expiresOn: t.day({ description: 'The last day on which it is good, as it says itself.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id, documentId }) => {
      await use.find('FranchiseDocument', documentId, ['input', 'documentId']);
      await holdFor(use, 'verifyDocument', id);
      return documentOf(use, id, documentId);
    },
    run: async (use, { franchiseId: id, documentId, ...said }, document) => {
      await verifyDocument(use, await held(use, id), { document, ...said });
      return { application: id, document: documentId };
    },
    success: (t) => ({
      application: theApplication(t),
      document: t.loaded(FranchiseDocument, 'document', { description: 'The document as it is now.', rule: franchise.documents }),
    }),
  });
}

function declareMeetings(builder: GuichetBuilder): void {
  builder.useCase('scheduleInterview', {
    description: 'Invites the applicant, or names another time. All documents have to be accepted.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      at: t.instant({ description: 'When.' }),
      place: t.name({ description: 'Where, or by which link.', max: 300 }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'scheduleInterview', id)),
    run: async (use, { franchiseId: id, ...when }) => {
      await scheduleInterview(use, id, when);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('scheduleSiteVisit', {
    description:
      'Sends an inspector to the site, and names who scores the application, by the sheet that the brand has now. Who answers for the applicant does not score.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      inspectorId: t.globalId(types.Employee, { description: 'Who looks at the site.' }),
      at: t.instant({ description: 'When.' }),
      address: t.name({ description: 'Where.', max: 300 }),
      scorerIds: t.globalIds(types.Employee, { description: 'Who scores.', least: 1, most: 15 }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id, inspectorId, scorerIds }) => {
      await use.find('Employee', inspectorId, ['input', 'inspectorId']);
      await use.findAll('Employee', scorerIds, (i) => ['input', 'scorerIds', String(i)]);
      await holdFor(use, 'scheduleSiteVisit', id);
    },
    run: async (use, { franchiseId: id, ...visit }) => {
      await scheduleSiteVisit(use, id, visit);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}

function declareTerritory(builder: GuichetBuilder): void {
  builder.useCase('holdTerritory', {
    description: 'Keeps a place in a territory for the application until a day; the one that was kept before is let go.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      territoryId: t.globalId(FranchiseTerritory, { description: 'The territory, of the same brand.' }),
      until: t.day({ description: 'The last day.' }),
    }),
    refusals: [invalidTransition, franchiseTerritoryNotAvailable],
    guard: async (use, { franchiseId: id, territoryId }) => {
      await use.find('FranchiseTerritory', territoryId, ['input', 'territoryId']);
      await holdFor(use, 'holdTerritory', id);
    },
    run: async (use, given) => {
      await holdTerritory(use, given);
      return { application: given.franchiseId };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}

function declareRejection(builder: GuichetBuilder): void {
  builder.useCase('rejectApplication', {
    description: 'Rejects an application. The applicant reads what is released to them, and nothing else of why.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      reason: t.text(reason),
      releasedReason: t.text({ ...released, required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'rejectApplication', id)),
    run: async (use, given) => {
      await rejectApplication(use, given);
      return { application: given.franchiseId };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('releaseReason', {
    description: 'Tells the applicant why an application was rejected, also where the committee has.',
    rule: recruit,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), releasedReason: t.text(released) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'releaseReason', id)),
    run: async (use, { franchiseId: id, releasedReason }) => {
      await releaseReason(use, id, releasedReason);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}

function declareTogether(builder: GuichetBuilder): void {
  const steps = [
    [
      'addCoApplicant',
      'Names somebody who applies together with the applicant: they read what the applicant reads, fill in and send documents. The applicant alone withdraws, rescinds and acknowledges.',
      addCoApplicant,
    ],
    ['removeCoApplicant', 'Somebody does not apply together with the applicant any more.', removeCoApplicant],
  ] as const;
  for (const [move, description, run] of steps)
    builder.useCase(move, {
      description,
      rule: recruit,
      doesOnce: true,
      input: (t) => ({ franchiseId: franchiseId(t), contactId: t.globalId(types.Contact, { description: 'Who.' }) }),
      refusals: [invalidTransition],
      guard: async (use, { franchiseId: id, contactId }) => {
        await use.find('Contact', contactId, ['input', 'contactId']);
        await holdFor(use, move, id);
      },
      run: async (use, { franchiseId: id, contactId }) => {
        await run(use, id, contactId);
        return { application: id };
      },
      success: (t) => ({ application: theApplication(t) }),
    });
}
