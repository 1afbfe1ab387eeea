import { holds } from '@guichet/forms';
import type { StoredValues, UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import type { Stop } from './engine/flow.types.ts';
import { asStop, NO_STOP, nextSteps, stopAfter } from './engine/next-steps.ts';
import { businessForms } from './form.entity.ts';
import type { FormRow } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { peopleFor } from './route-people.service.ts';
import type { Flow } from './template-body.ts';

type Route = Pick<Flow, 'route'>;
const routeOf = ({ route = 'BY_HAND' }: Partial<Flow>): Route => ({ route });

/** The first stop of a form that is handed in; undefined where approvers are picked by hand. */
export async function firstStop(
  use: UseCase,
  flow: Partial<Flow>,
  { values, ownerId }: { readonly values: StoredValues; readonly ownerId: string | null },
): Promise<Stop | undefined> {
  const fixed = routeOf(flow);
  if (fixed.route === 'BY_HAND') return undefined;
  const people = await peopleFor(use, fixed, ownerId);
  const [stop] = nextSteps(fixed, values, people, holds);
  return stop ? asStop(stop, people) : NO_STOP;
}

/** Where a form on a fixed route goes on, as its values and the organization are now. Null: this is its last stop; undefined: it has no route. */
export async function nextStop(use: UseCase, { id, stop, template_id, template_version }: FormRow): Promise<Stop | null | undefined> {
  if (stop === null) return undefined;
  const found = await use
    .on(businessForms, formTemplateVersions, contacts)
    .selectFrom('business_forms as form')
    .innerJoin('contacts as contact', 'contact.id', 'form.contact_id')
    .innerJoin('form_template_versions as version', 'version.template_id', 'form.template_id')
    .select(['form.field_values', 'form.staff_values', 'contact.owner_id', 'version.flow'])
    .where('form.id', '=', id)
    .where('version.template_id', '=', template_id)
    .where('version.version', '=', template_version)
    .executeTakeFirstOrThrow();
  const fixed = routeOf(found.flow);
  if (fixed.route === 'BY_HAND') return undefined;
  const people = await peopleFor(use, fixed, found.owner_id);
  const stops = nextSteps(fixed, { ...found.field_values, ...found.staff_values }, people, holds);
  const next = stopAfter(fixed, stops, stop);
  return next && asStop(next, people);
}
