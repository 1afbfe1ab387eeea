import { type Approver, type Condition, comparisonsOf, type TemplateBody } from '@guichet/forms';

export const approversOf = ({ flow }: TemplateBody): readonly Approver[] =>
  flow.route === 'BY_HAND' ? [] : flow.route.flatMap(({ approvers }) => approvers);

const conditionsOf = ({ fields, flow }: TemplateBody): Condition[] =>
  [
    ...fields.flatMap(({ showWhen, requireWhen }) => [showWhen, requireWhen]),
    ...(flow.route === 'BY_HAND' ? [] : flow.route.map(({ when }) => when)),
  ].filter((one) => one !== undefined);

/** UUIDs of all employees whom a body names: approvers, those in copy, those whom conditions compare with. */
export function employeesNamedIn(body: TemplateBody): string[] {
  const ofPeople = new Set(body.fields.filter(({ kind }) => kind === 'EMPLOYEE').map(({ id }) => id));
  const compared = conditionsOf(body)
    .flatMap((one) => comparisonsOf(one))
    .flatMap(({ of: { field, value } }) => (ofPeople.has(field) && typeof value === 'string' ? [value] : []));
  return [
    ...approversOf(body).flatMap((one) => (one.by === 'EMPLOYEE' ? [one.employeeId] : [])),
    ...body.flow.cc.map(({ employeeId }) => employeeId),
    ...compared,
  ];
}

/** UUIDs of all departments whose supervisors a body asks. */
export const departmentsNamedIn = (body: TemplateBody): string[] => [
  ...new Set(approversOf(body).flatMap((one) => (one.by === 'DEPARTMENT_SUPERVISORS' ? [one.departmentId] : []))),
];
