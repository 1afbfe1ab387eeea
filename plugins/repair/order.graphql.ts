import { EXTERNAL, type GuichetBuilder, moveFields, refuseSuspended, sql, types } from '@guichet/sdk';
import { MOST } from './most.rules.ts';
import { RepairState, repairMoves } from './order.moves.ts';
import { REPAIR } from './order.service.ts';
import { repair } from './permissions.ts';
import {
  Repair,
  RepairAsset,
  RepairConfirmer,
  RepairInteraction,
  RepairOrder,
  RepairOrderViewerCan,
  RepairPhoto,
  RepairPriority,
  RepairQuote,
  RepairSignature,
  RepairVisit,
} from './refs.ts';
import { orderRoles } from './repair.roles.ts';

const rule = repair.read;
const { desk, inside, siteContact } = repair;

export function orderTypes(builder: GuichetBuilder): void {
  builder.words(RepairState);
  builder.words(RepairPriority);
  builder.words(RepairConfirmer);
  builder.entity(RepairOrder, {
    description: 'A repair: one order, and as many visits as it takes.',
    roles: orderRoles(builder),
    listedFor: rule.roles,
    filters: {
      state: { compares: 'enum', column: 'state', values: RepairState.name, rule, description: 'By where it stands.' },
      priority: { compares: 'enum', column: 'priority', values: RepairPriority.name, rule: inside, description: 'By how urgent it is.' },
      area: { compares: 'text', column: 'area', rule: inside, description: 'By area.' },
      skill: { compares: 'text', column: 'skill', rule: inside, description: 'By what it takes.' },
      dueAt: { compares: 'instant', column: 'due_at', rule: desk, description: 'By its deadline.' },
      asset: { compares: 'id', type: 'RepairAsset', column: 'asset_id', rule, description: 'By what is repaired.' },
      technician: {
        compares: 'links',
        type: 'Employee',
        table: RepairVisit.table,
        from: 'order_id',
        to: 'technician_id',
        rule: desk,
        description: 'By who was sent.',
      },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change, also by a rating.', rule: desk }),
      number: t.column('number', { description: 'Number of its form.', rule }),
      problem: t.column('problem', { description: 'What is wrong.', rule }),
      state: t.column('state', { type: RepairState, description: 'Where it stands.', rule }),
      createdAt: t.column('created_at', { description: 'When it was asked for.', rule }),
      form: t.relation(types.BusinessForm, 'form_id', { description: 'The form.', rule }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'Who asked for it.', rule: desk }),
      isReported: t.column('reported', {
        description: 'It was reported by the machine’s sticker, by somebody without an account, who is the contact at the site.',
        rule,
      }),
      asset: t.relation(RepairAsset, 'asset_id', { description: 'What is repaired, where it is known.', rule }),
      siteName: t.column('site_name', { description: 'Where it is.', rule }),
      siteAddress: t.column('site_address', { description: 'Its address.', rule: siteContact }),
      siteContactName: t.column('site_contact_name', { description: 'Who is there.', rule: siteContact }),
      siteContactPhone: t.column('site_contact_phone', { description: 'Their phone.', rule: siteContact }),
      area: t.column('area', { description: 'In which area.', rule: inside }),
      skill: t.column('skill', { description: 'What a technician must be able to do.', rule: inside }),
      priority: t.column('priority', { type: RepairPriority, description: 'How urgent it is.', rule: inside }),
      inGuarantee: t.column('in_guarantee', { description: 'Whether the customer pays nothing.', rule }),
      dueAt: t.column('due_at', { description: 'Its deadline; null while it stands still, and when there is none.', rule: desk }),
      minutesLeft: t.column('minutes_left', {
        description: 'Working minutes that the deadline has left, while it stands still.',
        rule: desk,
      }),
      question: t.column('question', { description: 'What the customer was asked.', rule }),
      answer: t.column('answer', { description: 'What they have answered.', rule }),
      workDoneAt: t.column('work_done_at', { description: 'When the technician was done.', rule }),
      confirmedAt: t.column('confirmed_at', { description: 'When it was confirmed.', rule }),
      confirmedBy: t.column('confirmed_by', {
        type: RepairConfirmer,
        description: 'Who confirmed it; SILENCE: it confirmed itself.',
        rule,
      }),
      charged: t.money('charged_minor', 'charged_currency', {
        description: 'What the customer pays for parts and work, as it was when the technician was done; null where nothing is charged.',
        rule,
      }),
      needsSignature: t.column('needs_signature', { description: 'Whether it is confirmed by a signature, and not by silence.', rule }),
      signerName: t.column('signer_name', { description: 'Who signed, where that was not the customer.', rule }),
      signedHash: t.column('signed_hash', { description: 'Sha256 of exactly what was shown to whoever signed.', rule }),
      disputeReason: t.column('dispute_reason', { description: 'What was not as it should be.', rule }),
      guaranteeUntil: t.column('guarantee_until', { description: 'Until when it may be opened again.', rule }),
      reopenedTimes: t.column('reopened_times', {
        description: 'How often it was opened again: 0 is fixed at the first time.',
        rule: desk,
      }),
      stars: t.column('stars', { description: 'The customer’s rating, from 1 to 5.', rule: repair.rated }),
      ratingComment: t.column('rating_comment', { description: 'What they said beside it.', rule: repair.rated }),
      ratedAt: t.column('rated_at', { description: 'When they rated it.', rule: repair.rated }),
      visits: t.list(RepairVisit, {
        on: (order, visit) => sql`${visit.order_id} = ${order.id}`,
        description: 'Its visits, the newest first; a technician’s own, and those that a customer was told of.',
        rule,
        atMost: MOST.visits,
      }),
      quotes: t.list(RepairQuote, {
        on: (order, quote) => sql`${quote.order_id} = ${order.id}`,
        description: 'Its quotes, the newest first.',
        rule,
        atMost: MOST.quotes,
      }),
      photos: t.list(RepairPhoto, {
        on: (order, photo) => sql`${photo.order_id} = ${order.id} and ${photo.visit_id} is null`,
        description: 'Photos that came with the request, the newest first.',
        rule,
        atMost: MOST.requestPhotos,
      }),
      signatures: t.list(RepairSignature, {
        on: (order, signature) => sql`${signature.order_id} = ${order.id}`,
        description: 'Who has signed for the work, the newest first: one for each time that it was signed off.',
        rule,
        atMost: MOST.signatures,
      }),
      viewerCan: t.sameRow(RepairOrderViewerCan, { description: 'What you can do with it now.', rule }),
    }),
  });
  builder.entityPart(RepairOrderViewerCan, {
    description: 'What a seat can do with a repair as it stands.',
    fields: (t) => moveFields(t, repairMoves, 'state', rule),
  });
  builder.entityKind(Repair, types.BusinessForm, {
    value: REPAIR,
    joinedBy: 'form_id',
    description: 'A repair, as a business form: what happens to it is told by its order.',
    fields: (t) => ({
      order: t.one(RepairOrder, {
        on: (form, order) => sql`${order.form_id} = ${form.form_id}`,
        description: 'The repair.',
        rule: repair.form,
      }),
    }),
  });
  builder.entityKind(RepairInteraction, types.Interaction, {
    value: 'REPAIR_ORDER',
    description: 'The contact asked for a repair.',
    fields: (t) => ({
      form: t.relation(types.BusinessForm, 'form_id', { description: 'The form; null where you may not see it.', rule: repair.timeline }),
    }),
  });
  declareQueries(builder);
}

function declareQueries(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    repairOrders: t.entityPages(RepairOrder, {
      description: 'The board: repairs that you may see, the newest first; by state, technician, area, deadline.',
      rule: inside,
      listedBy: () => inside.roles,
    }),
    myRepairs: t.entityPages(RepairOrder, {
      description: 'Your own repairs, the newest first.',
      rule: repair.customer,
      listedBy: () => [EXTERNAL],
      check: refuseSuspended,
    }),
  }));
}
