import type { Approver, Condition, FieldCondition, FieldDefinition, TemplateBody, TemplateField } from '../forms/index.ts';
import {
  type FileApprover,
  type FileCondition,
  type FileEmployee,
  type FileField,
  type FileTemplate,
  FORMAT,
  FORMAT_VERSION,
} from './template-file.format.ts';

/** What ids are called outside the organization. */
export interface Naming {
  employee(id: string): FileEmployee;
  department(id: string): string[];
  tag(id: string): { readonly group: string; readonly name: string };
}
export interface Named {
  readonly kind: string;
  readonly name: string;
  readonly icon: string | null;
  readonly category: string | null;
  readonly body: TemplateBody;
}

/** Without what says nothing, in the order in which it is written: the same template is the same text. */
const told = <Value extends object>(value: Value): Value =>
  Object.fromEntries(
    Object.entries(value).filter(([, of]) => of !== undefined && of !== null && of !== false && !(Array.isArray(of) && of.length === 0)),
  ) as Value;

/** A template as the text of a file. Keys always stand in one order, so that what differs between two files is what has changed. */
export function templateFile({ kind, name, icon, category, body }: Named, naming: Naming): string {
  const { fields, flow, audience, numberPrefix } = body;
  const steps = flow.route === 'BY_HAND' ? [] : flow.route;
  const { contacts } = audience;
  const some = typeof contacts === 'object' ? contacts : undefined;
  const written: FileTemplate = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    ...told({ kind, name, icon: icon ?? undefined, category: category ?? undefined, numberPrefix }),
    fields: fields.map((field) => writtenField(field, body, naming)),
    flow: {
      withConfirmation: flow.withConfirmation,
      ...told({
        steps: steps.map(({ id, name: called, approvers, mode, when, dueHours }) => ({
          ...told({ id, name: called, approvers: approvers.map((one) => writtenApprover(one, naming)), mode }),
          ...told({ when: when && writtenCondition(when, fields, naming), dueHours }),
        })),
        cc: flow.cc.map(({ employeeId, at }) => ({ employee: naming.employee(employeeId), at })),
        withdrawal: flow.withdrawal,
        confirmsItselfAfterDays: flow.confirmsItselfAfterDays,
      }),
    },
    audience: {
      contacts: typeof contacts === 'object' ? 'SOME' : contacts,
      ...told({
        tags: some?.tagIds.map((id) => naming.tag(id)),
        contactsLeftOut: some?.contactIds.length || undefined,
        employees: audience.employees,
      }),
    },
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

const writtenDefinition = ({ id, name, label, kind, required, options, ...of }: FieldDefinition) => ({
  ...told({ id, name, label, kind, required }),
  ...told({
    options: options?.map(({ id: option, label: says, parentId }) => told({ id: option, label: says, parent: parentId })),
    min: of.min,
    max: of.max,
    maxLength: of.maxLength,
    decimals: of.decimals,
    currency: of.currency,
    most: of.most,
  }),
});

function writtenField(field: TemplateField, { fields, flow }: TemplateBody, naming: Naming): FileField {
  const { columns, section, hint, readBy, writtenBy, showWhen, requireWhen } = field;
  const steps = flow.route === 'BY_HAND' ? [] : flow.route;
  const stepIds = writtenBy === 'SUBMITTER' ? [] : writtenBy.stepIds;
  return {
    ...writtenDefinition(field),
    ...told({
      section,
      hint,
      columns: columns?.map(({ product, summed, ...column }) => ({
        ...writtenDefinition(column),
        ...told({ product: product && [...product], summed }),
      })),
      readBy: readBy === 'EVERYBODY' ? undefined : readBy,
      writtenBySteps: stepIds.map((id) => steps.find((step) => step.id === id)?.name ?? id),
      showWhen: showWhen && writtenCondition(showWhen, fields, naming),
      requireWhen: requireWhen && writtenCondition(requireWhen, fields, naming),
    }),
  } as FileField;
}

function writtenApprover(approver: Approver, naming: Naming): FileApprover {
  switch (approver.by) {
    case 'EMPLOYEE':
      return { employee: naming.employee(approver.employeeId) };
    case 'OWNER':
      return { owner: true };
    case 'OWNERS_SUPERVISOR':
      return { ownersSupervisor: true };
    case 'RIGHT':
      return { right: approver.right };
    case 'DEPARTMENT_SUPERVISORS':
      return { supervisorsOfDepartment: naming.department(approver.departmentId) };
  }
}

/** Fields by their names, as people read them; choices by their ids, which stay as the fields' do. */
function writtenCondition(condition: Condition, fields: readonly TemplateField[], naming: Naming): FileCondition {
  if ('all' in condition) return { all: condition.all.map((one) => writtenCondition(one, fields, naming)) };
  if ('any' in condition) return { any: condition.any.map((one) => writtenCondition(one, fields, naming)) };
  if ('not' in condition) return { not: writtenCondition(condition.not, fields, naming) };
  const { field: id, total, op } = condition;
  const field = fields.find((one) => one.id === id);
  const column = field?.columns?.find((one) => one.id === total);
  return {
    field: field?.name ?? id,
    ...(total === undefined ? {} : { total: column?.name ?? total }),
    op,
    ...writtenValue(condition, (column ?? field)?.kind, naming),
  };
}

const CHOICES: readonly (string | undefined)[] = ['CHOICE', 'CHOICES', 'CASCADE'];
function writtenValue({ value }: FieldCondition, kind: string | undefined, naming: Naming): Partial<FileCondition> {
  if (value === undefined) return {};
  if (Array.isArray(value)) return { optionIds: value.map(String) };
  if (typeof value === 'number') return { number: value };
  if (typeof value === 'boolean') return { yes: value };
  if (typeof value !== 'string') return 'amount' in (value as object) ? { money: value as FileCondition['money'] } : {};
  if (CHOICES.includes(kind)) return { optionIds: [value] };
  if (kind === 'EMPLOYEE') return { employee: naming.employee(value) };
  return kind === 'DATE' ? { date: value } : { text: value };
}
