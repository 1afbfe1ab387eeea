import {
  formsService,
  type GuichetBuilder,
  invalidTransition,
  signingCodeRefused,
  submitRefusals,
  types,
  versionConflict,
} from '@guichet/sdk';
import { applyForFranchise, saveStage, submitStage, withdrawApplication } from './applying.service.ts';
import { holdBallots } from './committee.service.ts';
import { rescindFranchise } from './contracting.service.ts';
import { acknowledgeDisclosure, requestCode, shownDisclosure } from './disclosing.service.ts';
import { documentOf, uploadDocument } from './document.service.ts';
import { franchiseAppliedAlready, franchiseReapplyLater } from './franchise.errors.ts';
import { held, holdFor } from './holding.service.ts';
import { franchise } from './permissions.ts';
import { FranchiseBrand, FranchiseDocument, FranchiseTerritory } from './refs.ts';
import { franchiseId, step, theApplication } from './steps.graphql.ts';

const { applicant, apply, documents, own, read } = franchise;

/** What an applicant does. */
export function applyingMutations(builder: GuichetBuilder): void {
  builder.useCase('applyForFranchise', {
    description: 'Asks for a franchise of a brand. For each brand you have one application at a time.',
    rule: apply,
    doesOnce: true,
    input: (t) => ({
      brandId: t.globalId(FranchiseBrand, { description: 'The brand.' }),
      territoryId: t.globalId(FranchiseTerritory, { description: 'A territory that you would like.', required: false }),
      message: t.text({ description: 'What you would like to say.', max: 5_000, required: false }),
    }),
    refusals: [...submitRefusals, franchiseAppliedAlready, franchiseReapplyLater],
    guard: async (use, { brandId, territoryId }) => {
      await use.service(formsService).enterWindow(use);
      await use.find('FranchiseBrand', brandId, ['input', 'brandId']);
      if (territoryId !== undefined) await use.find('FranchiseTerritory', territoryId, ['input', 'territoryId']);
    },
    run: async (use, given) => ({ application: await applyForFranchise(use, given) }),
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('saveStage', {
    description: 'Saves what you have filled in so far; what you leave out stays as it is.',
    rule: applicant,
    input: (t) => ({
      franchiseId: franchiseId(t),
      expectedVersion: t.integer({ description: '`profile.version` of the application that you read.' }),
      legalName: t.name({ description: 'As what you would sign.', max: 200, required: false }),
      capital: t.money({ description: 'What you can put in.', least: 0, required: false }),
      experience: t.text({ description: 'What you have done.', max: 10_000, required: false }),
      message: t.text({ description: 'What you would like to say.', max: 5_000, required: false }),
    }),
    refusals: [invalidTransition, versionConflict],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'saveStage', id)),
    run: async (use, { franchiseId: id, expectedVersion, ...profile }) => {
      await saveStage(use, id, expectedVersion, profile);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  step(builder, 'submitStage', 'Hands in what this stage asks for: means and experience, or the documents.', submitStage);
  declareDocuments(builder);
  declareDisclosure(builder);
  declareEnds(builder);
}

function declareDocuments(builder: GuichetBuilder): void {
  builder.useCase('uploadDocument', {
    description: 'Sends a document that was asked for, or another one in its place.',
    rule: applicant,
    doesOnce: true,
    input: (t) => ({
      franchiseId: franchiseId(t),
      documentId: t.globalId(FranchiseDocument, { description: 'Which of those that were asked for.' }),
      uploadId: t.globalId(types.File, { description: 'What was sent for `FRANCHISE_DOCUMENT`.' }),
      expiresOn: t.day({ description: 'The last day on which it is good.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id, documentId, uploadId }) => {
      await use.find('File', uploadId, ['input', 'uploadId']);
      await use.find('FranchiseDocument', documentId, ['input', 'documentId']);
      await holdFor(use, 'uploadDocument', id);
      return documentOf(use, id, documentId);
    },
    run: async (use, { franchiseId: id, documentId, uploadId, expiresOn }, document) => {
      await uploadDocument(use, await held(use, id), { document, uploadId, expiresOn });
      return { application: id, document: documentId };
    },
    success: (t) => ({
      application: theApplication(t),
      document: t.loaded(FranchiseDocument, 'document', { description: 'The document as it is now.', rule: documents }),
    }),
  });
}

function declareDisclosure(builder: GuichetBuilder): void {
  const sha256 = { description: '`sha256` of the disclosure that you have read.', min: 64, max: 64 };
  builder.useCase('requestDisclosureCode', {
    description: 'Sends a code to your phone that acknowledges this disclosure, and nothing else.',
    rule: own,
    input: (t) => ({ franchiseId: franchiseId(t), sha256: t.text(sha256) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'acknowledgeDisclosure', id)),
    run: async (use, { franchiseId: id, sha256: shown }) => {
      const { expiresAt, phoneMasked } = await requestCode(use, id, await shownDisclosure(use, id, shown));
      return { application: id, expiresAt: expiresAt.toISOString(), phoneMasked };
    },
    success: (t) => ({
      application: theApplication(t),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the code is good.', rule: read }),
      phoneMasked: t.exposeString('phoneMasked', { description: 'Where it was sent, in part.', rule: read }),
    }),
  });
  builder.useCase('acknowledgeDisclosure', {
    description: 'Acknowledges by the code what was disclosed. The day on which you can sign is `earliestSigningOn`.',
    rule: own,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), sha256: t.text(sha256), code: t.text({ description: 'The code.', max: 20 }) }),
    refusals: [invalidTransition, signingCodeRefused],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'acknowledgeDisclosure', id)),
    run: async (use, { franchiseId: id, sha256: shown, code }) => {
      await acknowledgeDisclosure(use, id, await shownDisclosure(use, id, shown), code);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}

function declareEnds(builder: GuichetBuilder): void {
  builder.useCase('withdrawApplication', {
    description: 'Withdraws your application; a territory that was kept is free again.',
    rule: own,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => {
      await holdBallots(use, id);
      await holdFor(use, 'withdrawApplication', id);
    },
    run: async (use, { franchiseId: id }) => {
      await withdrawApplication(use, id);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
  builder.useCase('rescindFranchise', {
    description: 'Rescinds the contract in the days that you have for it. The contract ends, and the deposit goes back.',
    rule: own,
    doesOnce: true,
    input: (t) => ({ franchiseId: franchiseId(t), reason: t.text({ description: 'Why.', max: 2_000 }) }),
    refusals: [invalidTransition],
    guard: async (use, { franchiseId: id }) => void (await holdFor(use, 'rescindFranchise', id)),
    run: async (use, { franchiseId: id, reason }) => {
      await rescindFranchise(use, id, reason);
      return { application: id };
    },
    success: (t) => ({ application: theApplication(t) }),
  });
}
