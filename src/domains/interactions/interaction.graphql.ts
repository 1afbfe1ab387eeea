import { type GuichetBuilder, sql, timelineKinds, words } from '../../sdk/index.ts';
import { Contact, contact, insiders, rolesThroughContact, Tag } from '../contacts/index.ts';
import { Department, Employee } from '../directory/index.ts';
import { interactions } from './interaction.entity.ts';
import {
  FormInteraction,
  Interaction,
  OtherInteraction,
  OwnerInteraction,
  ShareInteraction,
  TagInteraction,
  WindowInteraction,
} from './interaction.refs.ts';

const InteractionKind = words('InteractionKind', 'A kind of entry on a timeline. More kinds may come: have a default branch.', {
  SHARE: 'It was shared, or a share was ended.',
  OWNER: 'It got another owner.',
  TAG: 'A tag was set or taken away.',
  WINDOW: 'It was let in at the service window, or has left it.',
  FORM: 'A business form was submitted.',
});
const rule = contact.insiders;

export function interactionTypes(builder: GuichetBuilder): void {
  const ofModules = builder.registered(timelineKinds).map(({ kind, description }) => [kind, description]);
  builder.words(InteractionKind, () => ({ ...InteractionKind.values, ...Object.fromEntries(ofModules) }));
  declareInteraction(builder);
  declareKinds(builder);
  builder.entityFields(Contact, (t) => ({
    timeline: t.pages(Interaction, {
      on: (row, target) => sql`${target.contact_id} = ${row.id}`,
      description: 'What happened with the contact, newest first (spec 4.1).',
      rule,
      proves: insiders,
      args: { kinds: t.arg.choices(InteractionKind, { description: 'Only entries of these kinds.', required: false, most: 20 }) },
      where: (row, { argument, given }) => (given('kinds') ? sql`${row.kind} = any(${argument('kinds', 'text[]')})` : sql`true`),
    }),
  }));
}

function declareInteraction(builder: GuichetBuilder): void {
  builder.entityInterface(Interaction, {
    description: 'An entry on a contact’s timeline (spec 4.1). Plugins add kinds.',
    kindColumn: 'kind',
    otherwise: OtherInteraction.name,
    roles: rolesThroughContact(interactions, (row, of) => sql`${of.id} = ${row.contact_id}`),
    listedFor: insiders,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { description: 'Its kind, in capitals, as in InteractionKind; plugins’ carry their prefix.', rule }),
      at: t.column('at', { description: 'When it happened.', rule }),
      actor: t.relation(Employee, 'actor_id', { description: 'The employee who did it; null where it was the contact.', rule }),
      contact: t.relation(Contact, 'contact_id', { description: 'The contact.', rule }),
    }),
  });
}

function declareKinds(builder: GuichetBuilder): void {
  builder.entityKind(ShareInteraction, Interaction, {
    value: 'SHARE',
    description: 'The contact was shared, or a share was ended.',
    fields: (t) => ({
      employee: t.relation(Employee, 'employee_id', { description: 'The employee, where it was shared in person.', rule }),
      department: t.relation(Department, 'department_id', {
        description: 'The department, where it was shared with one that is still there.',
        rule,
      }),
      added: t.column('added', { description: 'True where it was shared, false where the share was ended.', rule }),
    }),
  });
  builder.entityKind(OwnerInteraction, Interaction, {
    value: 'OWNER',
    description: 'The contact got another owner.',
    fields: (t) => ({
      from: t.relation(Employee, 'employee_id', { description: 'The former owner; null for nobody.', rule }),
      to: t.relation(Employee, 'other_employee_id', { description: 'The new owner; null for nobody.', rule }),
    }),
  });
  builder.entityKind(TagInteraction, Interaction, {
    value: 'TAG',
    description: 'A tag was set or taken away.',
    fields: (t) => ({
      tag: t.relation(Tag, 'tag_id', { description: 'The tag.', rule }),
      added: t.column('added', { description: 'True where it was set, false where it was taken away.', rule }),
    }),
  });
  builder.entityKind(WindowInteraction, Interaction, {
    value: 'WINDOW',
    description: 'Something happened with the contact at the service window, such as that it was let in.',
    fields: (t) => ({ added: t.column('added', { description: 'True where it was let in, false where it has left.', rule }) }),
  });
  builder.entityKind(FormInteraction, Interaction, { value: 'FORM', description: 'A business form was submitted.' });
  builder.entityKind(OtherInteraction, Interaction, {
    value: 'OTHER',
    description: 'An entry of a kind whose plugin is not installed any more.',
  });
}
