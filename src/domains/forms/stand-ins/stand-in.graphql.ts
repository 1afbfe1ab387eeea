import { ADMIN, type GuichetBuilder, heldToward, sql, way, words } from '../../../sdk/index.ts';
import { adminsOf, Employee } from '../../directory/index.ts';
import { FormTemplate } from '../form.refs.ts';
import { FORM_STAND_IN, FORM_STOOD_FOR, standIn } from '../permissions.ts';
import { formStandIns, formStandInTemplates } from './stand-in.entity.ts';
import { StandIn } from './stand-in.refs.ts';
import { STAND_IN_REASONS, standInNotAllowed } from './stand-in.refusals.ts';
import { endNamings, holdNaming, nameStandIn } from './stand-in.service.ts';

const MOST_TEMPLATES = 100;

/** Stand-ins for a period (spec 6.10). */
export function standInTypes(builder: GuichetBuilder): void {
  const rule = standIn.read;
  builder.words(words('StandInReason', 'Why an employee cannot stand in.', STAND_IN_REASONS));
  builder.entity(StandIn, {
    description: 'Somebody has another’s turns for a period. When it is over, what is open stays with whoever has it.',
    roles: [
      adminsOf('FORMS'),
      heldToward(FORM_STOOD_FOR, [way(formStandIns, {}, ({ row, seat }) => sql`${row.employee_id} = ${seat.me}`)]),
      heldToward(FORM_STAND_IN, [way(formStandIns, {}, ({ row, seat }) => sql`${row.stand_in_id} = ${seat.me}`)]),
    ],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      employee: t.relation(Employee, 'employee_id', { description: 'Whose turns they are.', rule }),
      standIn: t.relation(Employee, 'stand_in_id', { description: 'Who has them; a stand-in of theirs, where they have one too.', rule }),
      from: t.column('starts_at', { description: 'From when on.', rule }),
      until: t.column('ends_at', { description: 'Until when.', rule }),
      templates: t.list(FormTemplate, {
        through: { chosen: formStandInTemplates },
        on: (row, template, { chosen }) => sql`${chosen.naming_id} = ${row.id} and ${template.id} = ${chosen.template_id}`,
        description: 'The templates whose forms it is for; none: all.',
        rule,
        atMost: MOST_TEMPLATES,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
    }),
  });
  builder.queryField('standIns', (t) =>
    t.entityPages(StandIn, {
      description: 'Who stands in for you, and for whom you do, now and later; for admins with FORMS, of everybody.',
      rule,
      listedBy: () => [ADMIN, FORM_STOOD_FOR, FORM_STAND_IN],
      where: (row, { seat }) => sql`${row.ends_at} > ${seat.now}`,
    }),
  );
  standInMutations(builder);
}

function standInMutations(builder: GuichetBuilder): void {
  builder.useCase('setStandIn', {
    description:
      'Names somebody who has your turns on forms for a period: new ones, and those that are open when it begins. Admins with FORMS name for others.',
    rule: standIn.name,
    doesOnce: true,
    input: (t) => ({
      employeeId: t.globalId(Employee, { description: 'Whose turns; yours, where it is left out.', required: false }),
      standInId: t.globalId(Employee, { description: 'Who has them.' }),
      from: t.instant({ description: 'From when on; from now on, where it is left out.', required: false }),
      until: t.instant({ description: 'Until when.' }),
      templateIds: t.globalIds(FormTemplate, {
        description: 'Of the forms of these templates alone. Whoever is named for a template goes before whoever is named for all.',
        required: false,
        most: MOST_TEMPLATES,
      }),
    }),
    refusals: [standInNotAllowed],
    guard: (use, given) => holdNaming(use, given),
    run: async (use, given) => ({ naming: await nameStandIn(use, given) }),
    success: (t) => ({ standIn: t.loaded(StandIn, 'naming', { description: 'As it is now.', rule: standIn.read }) }),
  });
  builder.useCase('removeStandIn', {
    description: 'Ends it before its time. What is open stays with whoever has it.',
    rule: standIn.remove,
    input: (t) => ({ id: t.globalId(StandIn, { description: 'Which.' }) }),
    guard: (use, { id }) => use.authorize('StandIn', id, standIn.remove, { path: ['input', 'id'] }),
    run: async (use, { id }) => {
      await endNamings(use, { id });
      return { naming: id };
    },
    success: (t) => ({ standIn: t.loaded(StandIn, 'naming', { description: 'As it is now.', rule: standIn.read }) }),
  });
}
