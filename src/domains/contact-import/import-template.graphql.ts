import { Readable } from 'node:stream';
import { type FieldDefinition, type SheetChoice, type SheetFormat, sheetTemplate, textIn } from '../../sdk/core.ts';
import {
  type FieldContext,
  filesService,
  type GuichetBuilder,
  type Message,
  organizationData,
  type Transaction,
  types,
} from '../../sdk/index.ts';
import { contactFields, definitionOf, tagGroups, tags } from '../contacts/index.ts';
import { employees, SheetFormatWords } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { isReadFromSheets, ownColumn } from './field-columns.ts';
import { contactTemplate } from './import.purposes.ts';
import { contactSheet, type Vocabulary } from './import.sheet.ts';
import { contactImport } from './permissions.ts';

const rule = contactImport.manage;
const NAME: Message = { en: 'contacts', 'zh-CN': '外部联系人' };

/** The table that is filled in, with what the organization can choose from (spec 3.12). */
export function importTemplateTypes(builder: GuichetBuilder): void {
  const Template = builder.payloadType<{ file: string }>('ContactImportTemplate', {
    description: 'A table of contacts to fill in, made for whoever asks.',
    fields: (t) => ({
      file: t.loaded(types.File, 'file', { description: 'The table: yours alone, and gone after a day.', rule }),
    }),
  });
  builder.queryField('contactImportTemplate', (t) =>
    t.field({
      type: Template,
      nullable: true,
      description:
        'The table that is filled in for `startContactImport`, in your language: the organization’s fields as columns, its tags and staff to choose from, and a page that explains them.',
      rule,
      args: {
        format: t.arg.choice(SheetFormatWords, { description: 'How it is written.', required: false, defaultValue: 'XLSX' }),
      },
      resolve: (_, { format }, context) => makeTemplate((format ?? 'XLSX') as SheetFormat, context),
    }),
  );
}

async function makeTemplate(format: SheetFormat, { seat, language, switchboard }: FieldContext): Promise<{ file: string }> {
  const { organizationId } = seat;
  const { own, ...vocabulary } = await switchboard.service(organizationData).read(organizationId, vocabularyOf);
  const kinds = kindsOf(switchboard);
  const [inTables = [], elsewhere = []] = [true, false].map((is) => own.filter((field) => isReadFromSheets(kinds, field) === is));
  const file = await switchboard.service(filesService).keep({
    organizationId,
    name: `${textIn(NAME, language)}.${format.toLowerCase()}`,
    kind: format,
    purpose: contactTemplate,
    seat,
    bytes: Readable.from(sheetTemplate(contactSheet({ vocabulary, own: inTables, elsewhere }), { format, language })),
    most: contactTemplate.most,
  });
  return { file: file.fileId };
}

const choice = (value: string): SheetChoice => ({ value, name: { en: value, 'zh-CN': value } });

async function vocabularyOf(transaction: Transaction): Promise<Vocabulary & { readonly own: readonly FieldDefinition[] }> {
  const tables = transaction.on({ tags, tag_groups: tagGroups, employees, contact_fields: contactFields });
  const fields = await tables.selectFrom('contact_fields').selectAll().orderBy('position').orderBy('id').execute();
  const own = fields.filter((field) => !field.is_built_in);
  const named = await tables
    .selectFrom('tags')
    .innerJoin('tag_groups as grouping', (join) =>
      join.onRef('grouping.organization_id', '=', 'tags.organization_id').onRef('grouping.id', '=', 'tags.group_id'),
    )
    .select(['tags.name', 'grouping.name as group'])
    .orderBy('grouping.position')
    .orderBy('tags.id')
    .execute();
  const staff = await tables.selectFrom('employees').select('name').distinct().where('left_at', 'is', null).orderBy('name').execute();
  const isShared = (name: string): boolean => named.filter((one) => one.name === name).length > 1;
  return {
    own: own.map(definitionOf),
    required: [
      ...fields.filter((field) => field.is_built_in && field.is_required && field.name !== 'tags').map(({ name }) => name),
      ...own.filter((field) => field.is_required).map(({ name }) => ownColumn(name)),
    ],
    tags: named.map(({ name, group }) => choice(isShared(name) ? `${group}/${name}` : name)),
    staff: staff.map(({ name }) => choice(name)),
  };
}
