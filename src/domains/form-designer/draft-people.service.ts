import type { UseCase } from '../../sdk/index.ts';
import { employeesIn, type GivenCondition } from './condition.input.ts';
import type { GivenDraft, GivenField } from './draft.input.ts';

interface Reference {
  readonly type: 'Employee' | 'Department' | 'Tag' | 'Contact';
  readonly id: string;
  readonly path: readonly string[];
}
const DRAFT = ['input', 'draft'];

/** Everybody and everything that a draft names beside its own fields. */
function referencesOf({ fields, sections, flow, audience }: GivenDraft): Reference[] {
  const at = (...path: (string | number)[]) => [...DRAFT, ...path.map(String)];
  const some = (type: Reference['type'], id: string | undefined, path: readonly string[]): Reference[] =>
    id === undefined ? [] : [{ type, id, path }];
  const named = (condition: GivenCondition | undefined, path: readonly string[]): Reference[] =>
    employeesIn(condition, path).map((one) => ({ type: 'Employee', ...one }));
  const inFields = (all: readonly GivenField[] | undefined, ...path: (string | number)[]): Reference[] =>
    (all ?? []).flatMap(({ showWhen, requireWhen }, i) => [
      ...named(showWhen, at(...path, i, 'showWhen')),
      ...named(requireWhen, at(...path, i, 'requireWhen')),
    ]);
  return [
    ...inFields(fields, 'fields'),
    ...(sections ?? []).flatMap((section, i) => inFields(section.fields, 'sections', i, 'fields')),
    ...(flow?.steps ?? []).flatMap(({ when }, i) => named(when, at('flow', 'steps', i, 'when'))),
    ...(flow?.steps ?? []).flatMap(({ approvers }, i) =>
      approvers.flatMap(({ employeeId, supervisorsOfDepartmentId }, j) => [
        ...some('Employee', employeeId, at('flow', 'steps', i, 'approvers', j, 'employeeId')),
        ...some('Department', supervisorsOfDepartmentId, at('flow', 'steps', i, 'approvers', j, 'supervisorsOfDepartmentId')),
      ]),
    ),
    ...(flow?.cc ?? []).flatMap(({ employeeId }, i) => some('Employee', employeeId, at('flow', 'cc', i, 'employeeId'))),
    ...(audience?.tagIds ?? []).flatMap((id, i) => some('Tag', id, at('audience', 'tagIds', i))),
    ...(audience?.contactIds ?? []).flatMap((id, i) => some('Contact', id, at('audience', 'contactIds', i))),
  ];
}

/** @throws NotFound where the draft names what the seat cannot see */
export async function findReferences(use: UseCase, draft: GivenDraft): Promise<void> {
  for (const [type, all] of Map.groupBy(referencesOf(draft), ({ type }) => type))
    await use.findAll(
      type,
      all.map(({ id }) => id),
      (at) => all[at]!.path,
    );
}
