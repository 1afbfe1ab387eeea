import type { Issue } from '../../sdk/index.ts';
import type { GivenCondition } from './condition.input.ts';
import type { GivenApprover, GivenDraft, GivenField } from './draft.input.ts';
import type { FileApprover, FileCondition, FileEmployee, FileField, FileTemplate } from './template-file.format.ts';

/** What names in a file stand for in this organization; tells what stands for nothing, or for several. */
export interface Finding {
  employee(named: FileEmployee, path: readonly string[]): string | undefined;
  department(path: readonly string[], at: readonly string[]): string | undefined;
  tag(named: { readonly group: string; readonly name: string }, path: readonly string[]): string | undefined;
}
type Path = readonly string[];
const at = (path: Path, ...more: (string | number)[]): Path => [...path, ...more.map(String)];

/** A file as an edit of a draft, by the same input that people edit it with. @param path of the file in the input */
export function draftOfFile(file: FileTemplate, finding: Finding, path: Path): GivenDraft {
  const { flow, audience } = file;
  return {
    name: file.name,
    icon: file.icon ?? '',
    category: file.category ?? '',
    numberPrefix: file.numberPrefix ?? '',
    fields: file.fields.map((field, i) => givenField(field, finding, at(path, 'fields', i))),
    flow: {
      withConfirmation: flow.withConfirmation,
      steps: flow.steps?.map(({ approvers, when, ...step }, i) => ({
        ...step,
        approvers: approvers.map((one, j) => givenApprover(one, finding, at(path, 'flow', 'steps', i, 'approvers', j))),
        when: when && givenCondition(when, finding, at(path, 'flow', 'steps', i, 'when')),
      })),
      cc: (flow.cc ?? []).map(({ employee, at: time }, i) => ({
        employeeId: finding.employee(employee, at(path, 'flow', 'cc', i, 'employee')) ?? '',
        at: time,
      })),
      withdrawal: flow.withdrawal,
      confirmsItselfAfterDays: flow.confirmsItselfAfterDays,
    },
    audience: {
      contacts: audience.contacts,
      tagIds: (audience.tags ?? []).map((tag, i) => finding.tag(tag, at(path, 'audience', 'tags', i)) ?? ''),
      employees: audience.employees ?? false,
    },
  };
}

const givenField = ({ showWhen, requireWhen, ...field }: FileField, finding: Finding, path: Path): GivenField => ({
  ...field,
  ...(showWhen ? { showWhen: givenCondition(showWhen, finding, at(path, 'showWhen')) } : {}),
  ...(requireWhen ? { requireWhen: givenCondition(requireWhen, finding, at(path, 'requireWhen')) } : {}),
});

function givenApprover({ employee, supervisorsOfDepartment, ...approver }: FileApprover, finding: Finding, path: Path): GivenApprover {
  return {
    ...approver,
    ...(employee ? { employeeId: finding.employee(employee, at(path, 'employee')) } : {}),
    ...(supervisorsOfDepartment
      ? { supervisorsOfDepartmentId: finding.department(supervisorsOfDepartment, at(path, 'supervisorsOfDepartment')) }
      : {}),
  };
}

function givenCondition({ all, any: some, not, employee, ...rest }: FileCondition, finding: Finding, path: Path): GivenCondition {
  return {
    ...rest,
    ...(all ? { all: all.map((one, i) => givenCondition(one, finding, at(path, 'all', i))) } : {}),
    ...(some ? { any: some.map((one, i) => givenCondition(one, finding, at(path, 'any', i))) } : {}),
    ...(not ? { not: givenCondition(not, finding, at(path, 'not')) } : {}),
    ...(employee ? { employeeId: finding.employee(employee, at(path, 'employee')) } : {}),
  };
}

/** Conditions of a file, each with its place. */
export const conditionsIn = ({ fields, flow }: FileTemplate, path: Path): { readonly condition: FileCondition; readonly path: Path }[] => [
  ...fields.flatMap(({ showWhen, requireWhen }, i) => [
    ...(showWhen ? [{ condition: showWhen, path: at(path, 'fields', i, 'showWhen') }] : []),
    ...(requireWhen ? [{ condition: requireWhen, path: at(path, 'fields', i, 'requireWhen') }] : []),
  ]),
  ...(flow.steps ?? []).flatMap(({ when }, i) => (when ? [{ condition: when, path: at(path, 'flow', 'steps', i, 'when') }] : [])),
];

const TWICE = { en: 'This id stands for two things.', 'zh-CN': '该 id 重复。' };
/** Ids that stand for two fields, or for two steps: of one of them the values would be the other's. */
export function doubledIds({ fields, flow }: FileTemplate, path: Path): Issue[] {
  const among = (all: readonly { readonly id?: string }[], ...where: string[]): Issue[] =>
    all.flatMap(({ id }, i) =>
      id !== undefined && all.findIndex((one) => one.id === id) < i
        ? [{ path: at(path, ...where, i, 'id'), code: 'TWICE', message: TWICE }]
        : [],
    );
  return [
    ...among(fields, 'fields'),
    ...fields.flatMap(({ columns = [] }, i) => among(columns, 'fields', String(i), 'columns')),
    ...among(flow.steps ?? [], 'flow', 'steps'),
  ];
}
