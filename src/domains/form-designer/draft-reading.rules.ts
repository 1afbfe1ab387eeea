import type { Approver, Audience, Flow, Step, TemplateBody, TemplateField } from '../forms/index.ts';
import type { GivenApprover, GivenAudience, GivenDraft, GivenField, GivenFlow, GivenStep } from './draft.input.ts';
import { conditionOf } from './draft-condition.rules.ts';
import { fieldOf, type Naming } from './draft-fields.rules.ts';

/** All fields of a draft, those under headings behind the others. */
export const fieldsGiven = ({ fields, sections }: GivenDraft): readonly GivenField[] | undefined =>
  fields || sections
    ? [...(fields ?? []), ...(sections ?? []).flatMap(({ title, fields: own }) => own.map((field) => ({ ...field, section: title })))]
    : undefined;

/** The body of a draft after an edit: what is left out stays as it is. */
export function bodyAfter(before: TemplateBody, given: GivenDraft, naming: Naming): TemplateBody {
  const asked = fieldsGiven(given);
  const bare = asked?.map((field) => fieldOf(field, before.fields, naming)) ?? before.fields;
  const flow = given.flow ? flowOf(given.flow, before.flow, bare, naming) : before.flow;
  const fields = asked ? bare.map((field, i) => withConditions(field, asked[i]!, bare, flow)) : bare;
  const prefix = given.numberPrefix ?? before.numberPrefix;
  const audience = given.audience ? audienceOf(given.audience) : before.audience;
  return { fields, flow, audience, ...(prefix ? { numberPrefix: prefix } : {}) };
}

function withConditions(field: TemplateField, given: GivenField, all: readonly TemplateField[], flow: Flow): TemplateField {
  const { showWhen, requireWhen, writtenBySteps = [] } = given;
  const steps = flow.route === 'BY_HAND' ? [] : flow.route;
  const stepIds = writtenBySteps.map(
    (named) => (steps.find(({ id }) => id === named) ?? steps.find(({ name }) => name === named))?.id ?? named,
  );
  return {
    ...field,
    writtenBy: stepIds.length ? { stepIds } : 'SUBMITTER',
    ...(showWhen ? { showWhen: conditionOf(showWhen, all) } : {}),
    ...(requireWhen ? { requireWhen: conditionOf(requireWhen, all) } : {}),
  };
}

function flowOf(given: GivenFlow, before: Flow, fields: readonly TemplateField[], naming: Naming): Flow {
  const { withConfirmation = false, steps, cc = [], withdrawal = 'UNTIL_FIRST_DECISION', confirmsItselfAfterDays } = given;
  const known = before.route === 'BY_HAND' ? [] : before.route;
  return {
    withConfirmation,
    route: steps ? steps.map((step) => stepOf(step, known, fields, naming)) : 'BY_HAND',
    cc: cc.map(({ employeeId, at = 'START' }) => ({ employeeId, at })),
    withdrawal,
    ...(confirmsItselfAfterDays === undefined ? {} : { confirmsItselfAfterDays }),
  };
}

function stepOf(given: GivenStep, before: readonly Step[], fields: readonly TemplateField[], { newId }: Naming): Step {
  const { name, approvers, mode = 'ALL', when, dueHours } = given;
  return {
    id: given.id ?? before.find((step) => step.name === name)?.id ?? newId(),
    name,
    approvers: approvers.map(approverOf),
    mode,
    ...(when ? { when: conditionOf(when, fields) } : {}),
    ...(dueHours === undefined ? {} : { dueHours }),
  };
}

/** In how many ways an approver is named: it must be one. */
export const waysOf = ({ employeeId, owner, ownersSupervisor, right, supervisorsOfDepartmentId }: GivenApprover): number =>
  [employeeId, owner || undefined, ownersSupervisor || undefined, right, supervisorsOfDepartmentId].filter((way) => way !== undefined)
    .length;

function approverOf({ employeeId, owner, right, supervisorsOfDepartmentId }: GivenApprover): Approver {
  if (employeeId !== undefined) return { by: 'EMPLOYEE', employeeId };
  if (owner) return { by: 'OWNER' };
  if (right !== undefined) return { by: 'RIGHT', right };
  if (supervisorsOfDepartmentId !== undefined) return { by: 'DEPARTMENT_SUPERVISORS', departmentId: supervisorsOfDepartmentId };
  return { by: 'OWNERS_SUPERVISOR' };
}

const audienceOf = ({ contacts, tagIds = [], contactIds = [], employees = false }: GivenAudience): Audience => ({
  contacts: contacts === 'SOME' ? { tagIds: [...new Set(tagIds)], contactIds: [...new Set(contactIds)] } : contacts,
  employees,
});
