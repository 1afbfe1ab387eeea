import { builtInKinds } from '../../sdk/core.ts';
import type { Backfill } from '../../sdk/index.ts';
import { typedAnswers } from './form-field.rules.ts';
import { searchRows } from './form-values.service.ts';
import type { TemplateField } from './template-body.ts';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface OldForm {
  readonly id: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly fields: readonly TemplateField[];
}

/** Types the answers that servers of 0.1 have written, and makes them found. They stay where they are as well. */
export const typeAnswers: Backfill = {
  name: 'answers of forms',
  async batch({ client }, organizationId, after = FIRST) {
    const { rows } = await client.query<OldForm>(
      `select form.id, form.answers, version.fields from business_forms form
       join form_template_versions version on version.organization_id = $1
         and version.template_id = form.template_id and version.version = form.template_version
       where form.organization_id = $1 and form.answers <> '{}' and form.field_values = '{}' and form.id > $2
       order by form.id limit ${BATCH} for no key update of form skip locked`,
      [organizationId, after],
    );
    for (const { id, answers, fields } of rows) {
      const values = typedAnswers(fields, answers);
      if (Object.keys(values).length === 0) continue; // nothing of them is a field: they are looked at again at each start, and not written
      await client.query('update business_forms set field_values = $3 where organization_id = $1 and id = $2', [
        organizationId,
        id,
        JSON.stringify(values),
      ]);
      for (const { field, nth, term } of searchRows(builtInKinds, id, fields, values))
        await client.query('insert into form_values (organization_id, form_id, field, nth, term) values ($1, $2, $3, $4, $5)', [
          organizationId,
          id,
          field,
          nth,
          term,
        ]);
    }
    return rows.at(-1)?.id;
  },
};

/** When forms ended that earlier servers have ended: what the customer was told last, they were told then. */
export const dateEnds: Backfill = {
  name: 'ends of forms',
  async batch({ client }, organizationId, after = FIRST) {
    const { rows } = await client.query<{ readonly id: string }>(
      `with undated as (
         select id from business_forms where organization_id = $1 and id > $2
           and ended_at is null and state in ('COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED')
         order by id limit ${BATCH} for no key update skip locked)
       update business_forms set ended_at = customer_state_since from undated
       where organization_id = $1 and business_forms.id = undated.id returning business_forms.id`,
      [organizationId, after],
    );
    return rows
      .map(({ id }) => id)
      .sort()
      .at(-1);
  },
};
