import type { Approver, Condition, FieldCondition, FieldDefinition, Step, TemplateBody, TemplateField } from '../forms/index.ts';
import { type FileCondition, type FileField, type FileTemplate, FORMAT, FORMAT_VERSION } from './template-file.format.ts';

/** How what has an id is written: by its name in a file, by its global id as a draft gives it. Each part belongs to the object that names it. */
export interface Naming {
  employee(id: string): object;
  supervisorsOf(departmentId: string): object;
  audience(named: { readonly tagIds: readonly string[]; readonly contactIds: readonly string[] }): object;
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
  const { numberPrefix, ...written } = writtenBody(body, naming);
  const file = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    ...told({ kind, name, icon: icon ?? undefined, category: category ?? undefined, numberPrefix }),
    ...written,
  } as FileTemplate;
  return `${JSON.stringify(file, null, 2)}\n`;
}

export interface WrittenBody {
  readonly fields: readonly (FileField & { readonly id: string })[];
  readonly flow: object;
  readonly audience: object;
  readonly numberPrefix?: string;
}

/** A body in the words of drafts. @param called the body by whose names conditions call fields and fields call steps, where it has them */
export function writtenBody(body: TemplateBody, naming: Naming, called: TemplateBody = body): WrittenBody {
  const { fields, flow, audience, numberPrefix } = body;
  const { contacts } = audience;
  const known: Known = { fields: [...called.fields, ...fields], steps: [...stepsOf(called), ...stepsOf(body)], naming };
  return {
    numberPrefix,
    fields: fields.map((field) => writtenField(field, known)),
    flow: {
      withConfirmation: flow.withConfirmation,
      ...told({
        steps: stepsOf(body).map(({ id, name, approvers, mode, when, dueHours }) => ({
          ...told({ id, name, approvers: approvers.map((one) => writtenApprover(one, naming)), mode }),
          ...told({ when: when && writtenCondition(when, known), dueHours }),
        })),
        cc: flow.cc.map(({ employeeId, at }) => ({ ...naming.employee(employeeId), at })),
        withdrawal: flow.withdrawal,
        confirmsItselfAfterDays: flow.confirmsItselfAfterDays,
      }),
    },
    audience: {
      contacts: typeof contacts === 'object' ? 'SOME' : contacts,
      ...told({ ...(typeof contacts === 'object' ? naming.audience(contacts) : {}), employees: audience.employees }),
    },
  };
}

/** What a body names by its ids. */
interface Known {
  readonly fields: readonly TemplateField[];
  readonly steps: readonly Step[];
  readonly naming: Naming;
}
const stepsOf = ({ flow }: TemplateBody): readonly Step[] => (flow.route === 'BY_HAND' ? [] : flow.route);

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

function writtenField(field: TemplateField, known: Known): WrittenBody['fields'][number] {
  const { columns, section, hint, readBy, writtenBy, showWhen, requireWhen } = field;
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
      writtenBySteps: stepIds.map((id) => known.steps.find((step) => step.id === id)?.name ?? id),
      showWhen: showWhen && writtenCondition(showWhen, known),
      requireWhen: requireWhen && writtenCondition(requireWhen, known),
    }),
  } as WrittenBody['fields'][number];
}

function writtenApprover(approver: Approver, naming: Naming): object {
  switch (approver.by) {
    case 'EMPLOYEE':
      return naming.employee(approver.employeeId);
    case 'OWNER':
      return { owner: true };
    case 'OWNERS_SUPERVISOR':
      return { ownersSupervisor: true };
    case 'RIGHT':
      return { right: approver.right };
    case 'DEPARTMENT_SUPERVISORS':
      return naming.supervisorsOf(approver.departmentId);
  }
}

/** Fields by their names, as people read them; choices by their ids, which stay as the fields' do. */
function writtenCondition(condition: Condition, known: Known): FileCondition {
  if ('all' in condition) return { all: condition.all.map((one) => writtenCondition(one, known)) };
  if ('any' in condition) return { any: condition.any.map((one) => writtenCondition(one, known)) };
  if ('not' in condition) return { not: writtenCondition(condition.not, known) };
  const { field: id, total, op } = condition;
  const field = known.fields.find((one) => one.id === id);
  const column = field?.columns?.find((one) => one.id === total);
  return {
    field: field?.name ?? id,
    ...(total === undefined ? {} : { total: column?.name ?? total }),
    op,
    ...writtenValue(condition, (column ?? field)?.kind, known.naming),
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
  if (kind === 'EMPLOYEE') return naming.employee(value);
  return kind === 'DATE' ? { date: value } : { text: value };
}
