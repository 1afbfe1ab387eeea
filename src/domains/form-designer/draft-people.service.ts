import type { UseCase } from '../../sdk/index.ts';
import type { GivenDraft } from './draft.input.ts';

interface Reference {
  readonly type: 'Employee' | 'Department' | 'Tag' | 'Contact';
  readonly id: string;
  readonly path: readonly string[];
}
const DRAFT = ['input', 'draft'];

/** Everybody and everything that a draft names beside its own fields. */
function referencesOf({ flow, audience }: GivenDraft): Reference[] {
  const at = (...path: (string | number)[]) => [...DRAFT, ...path.map(String)];
  const some = (type: Reference['type'], id: string | undefined, path: readonly string[]): Reference[] =>
    id === undefined ? [] : [{ type, id, path }];
  return [
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
