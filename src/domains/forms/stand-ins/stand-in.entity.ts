import { refs, tenantEntity } from '../../../sdk/index.ts';
import { FormTemplate } from '../form-template.entity.ts';

/** An employee names another for a period (spec 6.10). Rows that are over stay. */
export const FormStandIn = tenantEntity(
  'form_stand_ins',
  (t) => ({
    employeeId: t.idOf(() => refs.Employee),
    standInId: t.idOf(() => refs.Employee),
    startsAt: t.timestamptz(),
    endsAt: t.timestamptz(),
    createdAt: t.timestamptz(),
    /** When the turns that were open went over; null: it has not begun. */
    begunAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      form_stand_ins_employee: { columns: ['employeeId', 'endsAt'] },
      form_stand_ins_stand_in: { columns: ['standInId', 'endsAt'] },
      form_stand_ins_to_begin: { columns: ['startsAt'], where: 'begun_at is null' },
    },
  },
);

/** The templates that it is for; without any it is for all. */
export const FormStandInTemplate = tenantEntity('form_stand_in_templates', (t) => ({
  namingId: t.idOf(() => FormStandIn, 'cascade').primary(),
  templateId: t.idOf(() => FormTemplate).primary(),
}));

export const formStandIns = FormStandIn.table;
export const formStandInTemplates = FormStandInTemplate.table;
