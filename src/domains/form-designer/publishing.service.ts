import { isDeepStrictEqual } from 'node:util';
import { formKinds, type UseCase } from '../../sdk/index.ts';
import { stayingDepartments } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { bodyOf, formTemplateContacts, formTemplates, formTemplateTags, formTemplateVersions, type TemplateBody } from '../forms/index.ts';
import { type Draft, type HeldTemplate, publishedBody } from './draft.service.ts';
import { type Explored, explore, type Reach } from './exploring.rules.ts';
import { overflows } from './overflow.rules.ts';
import { reachOf } from './reach.service.ts';
import { type Past, templateFaults } from './template-faults.rules.ts';
import { departmentsNamedIn } from './template-people.rules.ts';
import { DEPARTMENT_GONE, GONE, type TemplateReason, templateNotPublishable } from './template-reason.ts';

const MOST_CASES = 10_000;
const MOST_MILLISECONDS = 2_000;

export interface Published {
  readonly templateId: string;
  readonly warnings: readonly TemplateReason[];
  readonly explored: Pick<Explored, 'cases' | 'of'>;
}

/** Makes the draft what forms are filled in by from now on; one that is so already makes no version. Forms that are there keep their version. @throws TemplateNotPublishable */
export async function publishDraft(use: UseCase, template: HeldTemplate, draft: Draft): Promise<Published> {
  const { body } = draft;
  const definitions = kindsOf(use).faultsOfDefinitions(body.fields, ['fields']) as TemplateReason[];
  const faults = [...definitions, ...templateFaults(body, await pastOf(use, template)), ...overflows(body.fields)];
  if (faults.length) throw templateNotPublishable({ reasons: faults }, ['input', 'templateId']);
  const departments = await stayingDepartments(use, departmentsNamedIn(body));
  const reach = await reachOf(use, body); // behind the lock: who is removed with a department supervises none
  const spent = performance.now();
  const explored = explore(body, reach, { most: MOST_CASES, isOver: () => performance.now() - spent > MOST_MILLISECONDS });
  const reasons = [...goneFrom(body, reach), ...withoutDepartment(body, departments), ...explored.reasons];
  if (reasons.length) throw templateNotPublishable({ reasons }, ['input', 'templateId']);
  if (!(await isPublished(use, template, draft))) await writeVersion(use, template, draft);
  return { templateId: template.id, warnings: explored.warnings, explored: { cases: explored.cases, of: explored.of } };
}

/** Whoever sends a publishing once more, or publishes without an edit, finds the version that is there. */
async function isPublished(use: UseCase, template: HeldTemplate, { name, icon, category, body }: Draft): Promise<boolean> {
  if (template.current_version === 0 || name !== template.name || icon !== template.icon || category !== template.category) return false;
  return isDeepStrictEqual(plain(body), plain(await publishedBody(use, template)));
}
const plain = (body: TemplateBody): unknown => JSON.parse(JSON.stringify(body));

/** Whoever is shown a form must be there to see it. */
const goneFrom = ({ flow }: TemplateBody, { employed }: Reach): TemplateReason[] =>
  flow.cc.flatMap(({ employeeId }, i) => (employed.has(employeeId) ? [] : [GONE(['flow', 'cc', String(i), 'employeeId'])]));

const withoutDepartment = ({ flow }: TemplateBody, there: ReadonlySet<string>): TemplateReason[] =>
  flow.route === 'BY_HAND'
    ? []
    : flow.route.flatMap(({ approvers }, i) =>
        approvers.flatMap((one, j) =>
          one.by !== 'DEPARTMENT_SUPERVISORS' || there.has(one.departmentId)
            ? []
            : [DEPARTMENT_GONE(['flow', 'steps', String(i), 'approvers', String(j), 'supervisorsOfDepartmentId'])],
        ),
      );

async function pastOf(use: UseCase, { id, kind }: HeldTemplate): Promise<Past> {
  const versions = await use
    .on(formTemplateVersions)
    .selectFrom('form_template_versions')
    .select(['fields', 'with_confirmation', 'flow', 'audience', 'number_prefix'])
    .where('template_id', '=', id)
    .orderBy('version')
    .execute();
  const bodies = versions.map(bodyOf);
  const own = use.registered(formKinds).find((one) => one.kind === kind && one.hasOwnMutation);
  return {
    published: bodies.flatMap(({ fields }) => fields),
    ofKind: own && bodies[0]?.fields,
    takesValues: own === undefined || own.takesValues === true,
  };
}

async function writeVersion(use: UseCase, template: HeldTemplate, { name, icon, category, body }: Draft): Promise<void> {
  const { withConfirmation, ...flow } = body.flow;
  const version = template.current_version + 1;
  const { contacts, employees } = body.audience;
  await use
    .on(formTemplateVersions)
    .insertInto('form_template_versions')
    .values({
      organization_id: use.organizationId,
      template_id: template.id,
      version,
      with_confirmation: withConfirmation,
      fields: asJson(body.fields),
      flow: asJson(flow),
      audience: asJson(body.audience),
      number_prefix: body.numberPrefix ?? null,
      published_at: use.now,
    })
    .execute();
  await use
    .on(formTemplates)
    .updateTable('form_templates')
    .set({
      name,
      icon,
      category,
      current_version: version,
      for_contacts: typeof contacts === 'string' ? contacts : 'SOME',
      for_employees: employees,
    })
    .where('id', '=', template.id)
    .execute();
  await writeAudience(use, template.id, typeof contacts === 'string' ? { tagIds: [], contactIds: [] } : contacts);
}
const asJson = (value: unknown): never => JSON.stringify(value) as never;

async function writeAudience(
  use: UseCase,
  templateId: string,
  { tagIds, contactIds }: { readonly tagIds: readonly string[]; readonly contactIds: readonly string[] },
): Promise<void> {
  const own = { organization_id: use.organizationId, template_id: templateId };
  const [byTag, byName] = [use.on(formTemplateTags), use.on(formTemplateContacts)];
  await byTag.deleteFrom('form_template_tags').where('template_id', '=', templateId).execute();
  await byName.deleteFrom('form_template_contacts').where('template_id', '=', templateId).execute();
  if (tagIds.length)
    await byTag
      .insertInto('form_template_tags')
      .values(tagIds.map((tag_id) => ({ ...own, tag_id })))
      .execute();
  if (contactIds.length)
    await byName
      .insertInto('form_template_contacts')
      .values(contactIds.map((contact_id) => ({ ...own, contact_id })))
      .execute();
}
