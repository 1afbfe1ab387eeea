import { type GuichetBuilder, type InputMaker, invalidTransition, types, type UseCase, validationFailed } from '@guichet/sdk';
import { MOST, refusePast } from './most.rules.ts';
import { keepPhoto } from './order.service.ts';
import { repair } from './permissions.ts';
import { RepairPhoto as RepairPhotoRow } from './photo.entity.ts';
import { RepairHoldReason, RepairPhoto } from './refs.ts';
import type { HoldReason } from './visit.entity.ts';
import type { VisitMove, VisitState } from './visit.moves.ts';
import { ofVisit, visitId } from './visit.mutations.ts';
import { holdVisit, type Place, sentAt, stepTo, visitOf } from './visit.service.ts';
import { faultsOfPlace } from './work.rules.ts';
import { finish, giveUp, goOn, isLate, keepLate, pause, resume } from './work.service.ts';

const rule = repair.work;
const at = (t: InputMaker) =>
  t.instant({ description: 'What your own clock said, where your telephone was without a network.', required: false });
const place = (t: InputMaker) => ({
  at: at(t),
  latitude: t.field({ type: 'Decimal', description: 'Where you are, in degrees.', required: false }),
  longitude: t.field({ type: 'Decimal', description: 'Where you are, in degrees.', required: false }),
});
type PlaceGiven = { readonly [Name in keyof Place]?: Place[Name] | null };
/** @throws ValidationFailed for a place, or a time, that is none */
async function placeOf(use: UseCase, id: string, { at: clock, latitude, longitude }: PlaceGiven): Promise<Place> {
  const given = { at: clock ?? undefined, latitude: latitude ?? undefined, longitude: longitude ?? undefined };
  const issues = faultsOfPlace(given, { sentAt: sentAt(await visitOf(use, id)), now: use.now });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return given;
}

/** What the technician does on the way and at the site. */
export function workMutations(builder: GuichetBuilder): void {
  declareAnswering(builder);
  declareStep(builder, 'startVisit', 'EN_ROUTE', 'Sets out; when and where is written down.');
  declareStep(builder, 'arriveAtVisit', 'ON_SITE', 'Is there; when and where is written down.');
  declareStep(builder, 'beginVisitWork', 'IN_PROGRESS', 'Begins to work.');
  declareResting(builder);
  declareEnding(builder);
  builder.useCase('addVisitPhoto', {
    description: 'Adds a photo to a visit. What its camera knew is not in it.',
    rule,
    doesOnce: true,
    input: (t) => ({
      visitId: visitId(t),
      photoId: t.globalId(types.File, { description: 'The photo, sent for `REPAIR_PHOTO`.' }),
      isShown: t.flag({ description: 'Whether the customer sees it; by default they do.', required: false }),
    }),
    refusals: [],
    guard: async (use, given) => {
      await use.find('File', given.photoId, ['input', 'photoId']);
      await use.authorize('RepairVisit', given.visitId, rule, { path: ['input', 'visitId'] });
    },
    run: async (use, { visitId: id, photoId: uploadId, isShown = true }) => {
      const visit = await visitOf(use, id);
      refusePast(MOST.photos, await use.em.count(RepairPhotoRow, { visit: id }), 'visitId');
      const photo = { orderId: visit.order.id, visitId: id, uploadId, shown: isShown, path: ['input', 'photoId'] };
      return { photo: await keepPhoto(use, photo), visit: id };
    },
    success: (t) => ({ ...ofVisit(t), photo: t.loaded(RepairPhoto, 'photo', { description: 'The photo.', rule: repair.read }) }),
  });
}

function declareAnswering(builder: GuichetBuilder): void {
  builder.useCase('acceptVisit', {
    description: 'Will come.',
    rule,
    input: (t) => ({ visitId: visitId(t) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'acceptVisit', given.visitId),
    run: async (use, { visitId: id }) => {
      stepTo(use, await visitOf(use, id), 'ACCEPTED');
      return { visit: id };
    },
    success: ofVisit,
  });
  builder.useCase('declineVisit', {
    description: 'Will not come: it is given to somebody else.',
    rule,
    input: (t) => ({ visitId: visitId(t), reason: t.text({ description: 'Why.', min: 1, max: 1_000 }) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'declineVisit', given.visitId),
    run: async (use, { visitId: id, reason }) => {
      const visit = await visitOf(use, id);
      visit.note = reason;
      stepTo(use, visit, 'DECLINED');
      return { visit: id };
    },
    success: ofVisit,
  });
}

/** Held for the move; or, where the visit is over already and this comes late, for its time alone. */
async function holdStep(
  use: UseCase,
  move: VisitMove,
  step: VisitState,
  { visitId: id, at: clock }: { visitId: string; at?: Date | null },
) {
  await use.authorize('RepairVisit', id, rule, { path: ['input', 'visitId'] });
  if (isLate(await visitOf(use, id), step, clock ?? undefined)) return 'LATE';
  await holdVisit(use, move, id);
  return 'NOW';
}

function declareStep(
  builder: GuichetBuilder,
  move: 'startVisit' | 'arriveAtVisit' | 'beginVisitWork',
  state: VisitState,
  description: string,
): void {
  builder.useCase(move, {
    description: `${description} Where the visit was finished meanwhile, the time by your own clock is kept.`,
    rule,
    input: (t) => ({ visitId: visitId(t), ...place(t) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdStep(use, move, state, given),
    run: async (use, { visitId: id, ...where }, when) => {
      const given = await placeOf(use, id, where);
      if (when === 'LATE') await keepLate(use, id, state, given);
      else await goOn(use, id, state, given);
      return { visit: id };
    },
    success: ofVisit,
  });
}

function declareResting(builder: GuichetBuilder): void {
  builder.useCase('holdVisit', {
    description: 'Lets the work rest. The deadline stands still for the reasons that the settings name.',
    rule,
    input: (t) => ({
      visitId: visitId(t),
      reason: t.choice(RepairHoldReason, { description: 'For what.' }),
      note: t.text({ description: 'What is missing.', min: 1, max: 1_000, required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'holdVisit', given.visitId),
    run: async (use, { visitId: id, reason, note }) => {
      await pause(use, id, { reason: reason as HoldReason, note });
      return { visit: id };
    },
    success: ofVisit,
  });
  builder.useCase('resumeVisit', {
    description: 'Goes on.',
    rule,
    input: (t) => ({ visitId: visitId(t) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'resumeVisit', given.visitId),
    run: async (use, { visitId: id }) => {
      await resume(use, id);
      return { visit: id };
    },
    success: ofVisit,
  });
}

function declareEnding(builder: GuichetBuilder): void {
  const CheckInput = builder.inputType('RepairCheckInput', {
    description: 'What is answered to one item of the checklist.',
    fields: (t) => ({
      item: t.name({ description: 'Which item, as the settings name it.', max: 200 }),
      done: t.flag({ description: 'Whether it is done.' }),
      remark: t.text({ description: 'What is to be said about it.', min: 1, max: 500, required: false }),
    }),
  });
  builder.useCase('finishVisit', {
    description: 'The work is done: checklist and photos are complete, parts are used, and the customer is asked.',
    rule,
    doesOnce: true,
    input: (t) => ({
      visitId: visitId(t),
      ...place(t),
      summary: t.text({ description: 'What was done; the customer reads it.', min: 1, max: 4_000 }),
      workedMinutes: t.integer({ description: 'How long it took.', min: 0, max: 1_440, required: false }),
      checklist: t.listOf(CheckInput, { description: 'Answers to the checklist.', most: 30, required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'finishVisit', given.visitId, { withForm: true }),
    run: async (use, { visitId: id, summary, workedMinutes, checklist, ...where }) => {
      await finish(use, { visitId: id, summary, workedMinutes, checklist, ...(await placeOf(use, id, where)) });
      return { visit: id };
    },
    success: ofVisit,
  });
  builder.useCase('cannotComplete', {
    description: 'The work could not be completed: another visit is to be planned. What was reserved for it goes back into the stock.',
    rule,
    doesOnce: true,
    input: (t) => ({
      visitId: visitId(t),
      reason: t.text({ description: 'Why.', min: 1, max: 1_000 }),
      nextStartsAt: t.instant({ description: 'When you would come again.', required: false }),
      nextEndsAt: t.instant({ description: 'Until when.', required: false }),
    }),
    refusals: [invalidTransition],
    guard: (use, given) => holdVisit(use, 'cannotComplete', given.visitId),
    run: async (use, { visitId: id, ...given }) => {
      await giveUp(use, { visitId: id, ...given });
      return { visit: id };
    },
    success: ofVisit,
  });
}
