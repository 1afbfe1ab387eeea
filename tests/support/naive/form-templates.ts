import { encodeGlobalId } from '../../../src/sdk/index.ts';
import type { NaiveRow } from './rows.ts';
import { entity, idOf as id, type NaiveEntity, type NaiveField, type World } from './world.ts';

type Template = NaiveRow<'formTemplates'>;
type Version = NaiveRow<'formTemplateVersions'>;
const FINDERS = ['ADMIN', 'COLLEAGUE', 'EXTERNAL'];
const STAFF = ['ADMIN', 'COLLEAGUE'];
const VERSIONS_SHOWN = 100;

const template = (get: NaiveField<Template>['get'], roles = FINDERS): NaiveField<Template> => ({ roles, get });
const version = (get: NaiveField<Version>['get']): NaiveField<Version> => ({ roles: STAFF, get });

const UNSAID = { min: null, max: null, maxLength: null, decimals: null, currency: null, most: null };
/** Templates of the random organization were made by modules: nobody has designed them. */
export const fieldsOf = ({ fields }: Pick<Version, 'fields'>): object[] =>
  fields.map(({ id: fieldId, name, label, kind, required, readBy, options = [] }) => ({
    ...UNSAID,
    id: fieldId,
    name,
    label,
    kind,
    required,
    options: options.map((option) => ({ id: option.id, label: option.label, parentId: null })),
    columns: [],
    section: null,
    hint: null,
    readBy,
    writtenBySteps: [],
    bySubmitter: true,
    showWhen: null,
    requireWhen: null,
  }));
const flowOf = (row: Version): object => ({
  withConfirmation: row.with_confirmation,
  steps: null,
  cc: [],
  withdrawal: 'UNTIL_FIRST_DECISION',
  confirmsItselfAfterDays: null,
});
const FOR_ALL = { contacts: 'ALL', tagIds: [], contactIds: [], employees: false };

const versionsOf = ({ rows }: World, of: string): Version[] => rows.formTemplateVersions.filter((one) => one.template_id === of);
const currentOf = (world: World, row: Template): Version | undefined =>
  versionsOf(world, row.id).find((one) => one.version === row.current_version);
const draftOf = (row: Template, current: Version): object => ({
  version: 0,
  name: row.name,
  icon: row.icon,
  category: row.category,
  editedAt: null,
  fields: fieldsOf(current),
  flow: flowOf(current),
  audience: FOR_ALL,
  numberPrefix: null,
});

export const templateTypes: Readonly<Record<string, NaiveEntity>> = {
  FormTemplate: entity<'formTemplates'>({
    table: 'formTemplates',
    reachableFor: FINDERS,
    id,
    roles: (toward) => toward.template(),
    fields: {
      id: template((row) => encodeGlobalId('FormTemplate', row.id)),
      name: template(({ name }) => name),
      kind: template(({ kind }) => kind),
      icon: template(({ icon }) => icon),
      category: template(({ category }) => category),
      enabled: template(({ enabled }) => enabled),
      currentVersion: template((row) => row.current_version, STAFF),
      deletedAt: template((row) => row.deleted_at, STAFF),
      fields: template((row, { world }) => {
        const current = currentOf(world, row);
        if (!current) return [];
        return fieldsOf(world.seat.kind === 'EMPLOYEE' ? current : { fields: current.fields.filter(({ readBy }) => readBy !== 'STAFF') });
      }),
      withdrawal: template((row, { world }) => (currentOf(world, row) ? 'UNTIL_FIRST_DECISION' : null)),
      draft: template((row, { world }) => draftOf(row, currentOf(world, row)!), ['ADMIN']),
      versions: template(
        (row, { world }) =>
          versionsOf(world, row.id)
            .sort((a, b) => b.version - a.version)
            .slice(0, VERSIONS_SHOWN)
            .flatMap((one) => world.object('FormTemplateVersion', one) ?? []),
        STAFF,
      ),
    },
  }),
  FormTemplateVersion: entity<'formTemplateVersions'>({
    table: 'formTemplateVersions',
    reachableFor: STAFF,
    id,
    roles: (toward) => toward.template(),
    fields: {
      id: version((row) => encodeGlobalId('FormTemplateVersion', row.id)),
      version: version((row) => row.version),
      publishedAt: version((row) => row.published_at),
      fields: version(fieldsOf),
      flow: version(flowOf),
      audience: version(() => FOR_ALL),
      numberPrefix: version((row) => row.number_prefix),
    },
  }),
};
