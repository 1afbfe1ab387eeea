import { COLLEAGUE, FILE_READER, type GuichetBuilder, heldByAll, sql, types } from '@guichet/sdk';
import { repair } from './permissions.ts';
import {
  RepairConfirmer,
  RepairPart,
  RepairPartUse,
  RepairPartUseState,
  RepairPhoto,
  RepairQuote,
  RepairQuoteState,
  RepairSignature,
} from './refs.ts';
import { deskRoles, partUseRoles, photoRoles, quoteRoles, signatureRoles } from './repair.roles.ts';

const rule = repair.read;

/** What hangs on repairs and visits: quotes, parts, photos, signatures. */
export function furtherTypes(builder: GuichetBuilder): void {
  declareQuote(builder);
  declareParts(builder);
  declareSignature(builder);
  builder.entity(RepairPhoto, {
    description: 'A photo of a repair: the customer’s, or a technician’s.',
    roles: photoRoles(builder),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      file: t.one(types.File, {
        on: (photo, file) => sql`${file.id} = ${photo.file_id}`,
        proves: [FILE_READER],
        description: 'Its bytes.',
        rule,
      }),
      at: t.column('at', { description: 'When it came.', rule }),
      isShown: t.column('shown', { description: 'Whether the customer sees it.', rule: repair.inside }),
    }),
  });
}

function declareQuote(builder: GuichetBuilder): void {
  builder.words(RepairQuoteState);
  builder.entity(RepairQuote, {
    description: 'What a repair would cost.',
    roles: quoteRoles(builder),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      state: t.column('state', { type: RepairQuoteState, description: 'Where it stands.', rule }),
      price: t.money('price_minor', 'currency', { description: 'What the customer would pay.', rule, nullable: false }),
      cost: t.money('cost_minor', 'currency', { description: 'What it costs the company.', rule: repair.desk }),
      text: t.column('text', { description: 'What is done for it.', rule }),
      labourMinutes: t.column('labour_minutes', { description: 'Working time that the price has in it, in minutes.', rule }),
      createdAt: t.column('created_at', { description: 'When it was made.', rule }),
      validUntil: t.column('valid_until', { description: 'Until when it is good.', rule }),
      answeredAt: t.column('answered_at', { description: 'When it was answered.', rule }),
      answerReason: t.column('answer_reason', { description: 'Why the customer does not want it.', rule }),
    }),
  });
}

function declareSignature(builder: GuichetBuilder): void {
  builder.entity(RepairSignature, {
    description: 'A signature for work that is done.',
    roles: signatureRoles(builder),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      by: t.column('by', { type: RepairConfirmer, description: 'As what they have signed: the customer, or who was at the site.', rule }),
      signerName: t.column('signer_name', { description: 'Who signed, where that was not the customer.', rule }),
      at: t.column('at', { description: 'When.', rule }),
      sha256: t.column('sha256', { description: 'Sha256 of exactly what was shown to them.', rule }),
      image: t.one(types.File, {
        on: (signature, file) => sql`${file.id} = ${signature.image_id}`,
        proves: [FILE_READER],
        description: 'The signature as it was drawn; null where it was given by a code, or by the account alone.',
        rule,
      }),
    }),
  });
}

function declareParts(builder: GuichetBuilder): void {
  const colleague = repair.colleague;
  builder.words(RepairPartUseState);
  builder.entity(RepairPart, {
    description: 'A part in stock.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'), ...deskRoles],
    listedFor: [COLLEAGUE],
    filters: { sku: { compares: 'text', column: 'sku', rule: colleague, description: 'By number.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: colleague }),
      version: t.column('version', { description: 'Raised by every change, also by visits that take parts.', rule: colleague }),
      sku: t.column('sku', { description: 'Its number.', rule: colleague }),
      name: t.column('name', { description: 'What it is.', rule: colleague }),
      price: t.money('price_minor', 'currency', { description: 'What one costs the customer.', rule: colleague, nullable: false }),
      stock: t.column('stock', { description: 'How many there are that no visit has taken.', rule: colleague }),
    }),
  });
  builder.entity(RepairPartUse, {
    description: 'A part that a visit took.',
    roles: partUseRoles(builder),
    listedFor: rule.roles,
    filters: { state: { compares: 'enum', column: 'state', values: RepairPartUseState.name, rule, description: 'By where it is.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      part: t.relation(RepairPart, 'part_id', { description: 'The part as it is today.', rule: repair.inside }),
      sku: t.column('sku', { description: 'Its number.', rule }),
      name: t.column('name', { description: 'What it is.', rule }),
      quantity: t.column('quantity', { description: 'How many.', rule }),
      state: t.column('state', { type: RepairPartUseState, description: 'Where it is.', rule }),
      isChargeable: t.column('chargeable', { description: 'Whether the customer pays for it.', rule }),
      unitPrice: t.money('unit_price_minor', 'currency', { description: 'What one costs the customer.', rule, nullable: false }),
      at: t.column('at', { description: 'When it was taken.', rule }),
    }),
  });
  builder.queryFields((t) => ({
    repairParts: t.entityPages(RepairPart, {
      description: 'The stock of parts, the newest first.',
      rule: colleague,
      listedBy: () => [COLLEAGUE],
    }),
    partsNeeded: t.entityPages(RepairPartUse, {
      description: 'What visits have set aside: to be taken along, or to be had by them.',
      rule: repair.desk,
      listedBy: () => repair.desk.roles,
      where: (use) => sql`${use.state} = 'RESERVED'`,
    }),
  }));
}
