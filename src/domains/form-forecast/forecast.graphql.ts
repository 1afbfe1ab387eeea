import { loadedField, placeOf, readByStatement, readField } from '../../sdk/core.ts';
import { fieldValues, type GuichetBuilder, type Language, type Sql, sql } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { FormTemplate } from '../forms/index.ts';
import { type ForecastStep, whoIsAsked } from './forecast.rules.ts';
import { forecast } from './forecast.service.ts';
import { formForecast } from './permissions.ts';

const PLACES =
  'The places on its way, in their order. Who would approve twice in somebody’s place is told as who has no turn; of a place of several nobody knows who will approve, so it is taken as approved by none of them.';
const rule = formForecast.read;
type Slot = ForecastStep['slots'][number];

/** Whom a form would go to (spec 6.1). */
export function forecastTypes(builder: GuichetBuilder): void {
  const Approver = builder.objectRef<Slot>('FormForecastApprover').implement({
    description: 'Who would be asked: one person, or any of several. Nobody in both: it would wait for an admin to claim it.',
    fields: (t) => ({
      employee: loadedField(t, 'Employee', 'employeeId', { description: 'The one who would be asked.', rule }) as never,
      anyOf: employeesField(t, 'anyOfIds', 'Those of whom one is enough; empty where it is one person, or nobody.'),
      for: employeesField(t, 'forIds', 'Those who are away, and in whose places some of these stand in.'),
    }),
  });
  const Step = builder.objectRef<ForecastStep>('FormForecastStep').implement({
    description: 'One place on the way of a form.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: true,
        description: 'What the step is called; null where approvers are picked by hand.',
        rule,
      }),
      approvers: t.field({
        type: [Approver],
        description: 'Each of them has to approve.',
        rule,
        resolve: ({ slots }) => [...slots],
      }),
      reason: t.string({
        description: 'Why these, and why the step is taken, for people.',
        rule,
        resolve: (step, _, { language }) => whoIsAsked(step, language as Language),
      }),
    }),
  });
  const Forecast = builder
    .objectRef<{ readonly steps: readonly ForecastStep[]; readonly pickedByHand: boolean }>('FormForecast')
    .implement({
      description: 'Whom a form would go to, as the organization is now.',
      fields: (t) => ({
        steps: t.field({ type: [Step], description: PLACES, rule, resolve: ({ steps }) => [...steps] }),
        pickedByHand: t.exposeBoolean('pickedByHand', {
          description: 'Whether each approver picks the next by hand: only the first is known.',
          rule,
        }),
      }),
    });
  builder.queryField('forecastForm', (t) =>
    t.field({
      type: Forecast,
      nullable: true,
      description:
        'Whom a form would go to, if you handed it in with these values for this contact: on a fixed route you have no turn of it yourself, whoever has left has none, and whoever is away has it done by their stand-in of now. Null where your seat cannot see the template or the contact, or the template is not for the contact.',
      rule,
      args: {
        templateId: t.arg.globalId(FormTemplate, { description: 'The template.' }),
        values: t.arg.parsed(fieldValues('What would be filled in, by the submitter or on the way.'), { required: false }),
        contactId: t.arg.globalId(Contact, {
          description: 'For whom it would be; left out by whoever designs, to see the way without an owner.',
          required: false,
        }),
        draft: t.arg.boolean({
          description: 'By the draft, instead of what is published: for whoever designs.',
          defaultValue: false,
        }),
      },
      resolve: (_, { templateId, values, contactId, draft }, context) =>
        forecast(context, { templateId, values: values ?? [], contactId: contactId ?? undefined, ofDraft: draft ?? false }),
    }),
  );
}

/** Several employees of a slot, each as a colleague reads them. */
function employeesField(t: object, ids: 'anyOfIds' | 'forIds', description: string): never {
  const { all } = placeOf((t as { readonly builder: object }).builder);
  const entity = () => all.entity('Employee');
  const where = (row: object, { source }: { source(name: string, type: string): Sql }): Sql =>
    sql`${(row as Record<string, Sql>).id!} = any(${source(ids, 'uuid[]')})`;
  return readByStatement(t, {
    type: ['Employee'],
    nullable: false,
    description,
    rule,
    reads: { reads: 'list', entity, scope: { where, atMost: 100 } },
    resolve: readField,
  }) as never;
}
