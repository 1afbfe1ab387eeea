import { createHash } from 'node:crypto';
import { builtInKinds, textTerm, uuidv7 } from '../../sdk/core.ts';
import type { Backfill, Transaction } from '../../sdk/index.ts';
import { valueTerms } from '../fields/index.ts';
import { contactFields } from './contact-field.entity.ts';
import { BUILT_IN_FIELDS, builtInFieldRows, definitionOf } from './contact-field.rules.ts';
import { FIELDS_TURN } from './contact-field.service.ts';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';
const HASH = 12;
const MOST_NAME = 60;
/** Characters of a field of the kind TEXT. */
const MOST_TEXT = 2_000;

/** Organizations of 0.1 get the built-in fields, and a field of text for each name that their contacts have values by: nothing is lost. */
export const typeCustomFields: Backfill = {
  name: 'custom fields of contacts',
  async batch(transaction, organizationId, after) {
    const { client } = transaction;
    await client.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [`${organizationId}:${FIELDS_TURN}`]);
    if (after === undefined) await addFields(transaction, organizationId, builtInFieldRows(uuidv7));
    const { rows } = await client.query<{ id: string; custom_fields: Readonly<Record<string, unknown>> }>(
      `select id, custom_fields from contacts where organization_id = $1 and custom_fields <> '{}' and id > $2
       order by id limit ${BATCH} for no key update skip locked`,
      [organizationId, after ?? FIRST],
    );
    for (const { id, custom_fields: old } of rows) await typeValues(transaction, organizationId, id, textsOf(old));
    return rows.at(-1)?.id;
  },
};

type NewField = ReturnType<typeof builtInFieldRows>[number];
const addFields = (transaction: Transaction, organizationId: string, rows: readonly NewField[]) =>
  transaction
    .on({ contact_fields: contactFields })
    .insertInto('contact_fields')
    .values(rows.map((row) => ({ organization_id: organizationId, ...row })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();

async function typeValues(
  transaction: Transaction,
  organizationId: string,
  contactId: string,
  texts: readonly (readonly [string, string])[],
) {
  const found = [];
  for (const [key, text] of texts) found.push({ field: await fieldFor(transaction, organizationId, key, text), text });
  const values = Object.fromEntries(found.map(({ field, text }) => [field.id, text]));
  await transaction.client.query(
    "update contacts set field_values = $3::jsonb || field_values, custom_fields = '{}' where organization_id = $1 and id = $2",
    [organizationId, contactId, JSON.stringify(values)],
  );
  for (const { field, nth, term } of valueTerms(
    builtInKinds,
    found.map((one) => one.field),
    values,
  ))
    await transaction.client.query(
      'insert into contact_field_terms (organization_id, contact_id, field, nth, term) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [organizationId, contactId, field, nth, term],
    );
}

/** The field that values by a name become values of; made where there is none, and one of longer texts where this one is. */
async function fieldFor(transaction: Transaction, organizationId: string, key: string, text: string) {
  const tables = transaction.on({ contact_fields: contactFields });
  const name = nameOf(key);
  const kind = text.length > MOST_TEXT ? 'PARAGRAPH' : 'TEXT';
  const find = () => tables.selectFrom('contact_fields').selectAll().where('name', '=', name).executeTakeFirst();
  let row = await find();
  if (!row) {
    const { position } = await tables
      .selectFrom('contact_fields')
      .select((of) => of.fn.max('position').as('position'))
      .executeTakeFirstOrThrow();
    const like = {
      id: uuidv7(),
      name,
      kind,
      is_built_in: false,
      is_required: false,
      visible_to_contact: false,
      position: (position ?? 0) + 1,
    };
    // another field may say the same in other letters
    for (const label of [name, `${name.slice(0, MOST_NAME - HASH)} ${hashOf(key)}`])
      await addFields(transaction, organizationId, [{ ...like, label, label_key: textTerm(label) }]);
    row = await find();
  }
  if (kind === 'PARAGRAPH' && row!.kind === 'TEXT')
    await tables.updateTable('contact_fields').set({ kind }).where('id', '=', row!.id).execute();
  return definitionOf(row!);
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, HASH);
/** The same for the same name, whenever it is met. */
function nameOf(key: string): string {
  const isFit = key !== '' && key.trim() === key && key.length <= MOST_NAME && !BUILT_IN_FIELDS.some(({ name }) => name === key);
  return isFit ? key : `${key.trim().slice(0, MOST_NAME - HASH - 1)} ${hashOf(key)}`.trim();
}

/** Values as text; what says nothing is none. */
const textsOf = (old: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(old).flatMap(([key, value]): [string, string][] => {
    const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
    return text.trim() === '' ? [] : [[key, text]];
  });
