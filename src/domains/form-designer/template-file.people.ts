import type { Issue, Message, UseCase } from '../../sdk/index.ts';
import { tagGroups, tags } from '../contacts/index.ts';
import { departments, directory, employees } from '../directory/index.ts';
import type { TemplateBody } from '../forms/index.ts';
import type { FileEmployee } from './template-file.format.ts';
import type { Finding } from './template-file.reading.rules.ts';
import type { Naming } from './template-file.writing.rules.ts';
import { approversOf, employeesNamedIn } from './template-people.rules.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** How people, departments and tags of a body are called; staff numbers where the seat may read them. */
export async function namingFor(use: UseCase, body: TemplateBody): Promise<Naming> {
  const people = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name', 'staff_number'])
    .where('id', 'in', [NOBODY, ...employeesNamedIn(body)])
    .execute();
  const called = new Map<string, FileEmployee>();
  for (const { id, name, staff_number: staffNumber } of people)
    called.set(id, staffNumber && (await use.may('Employee', id, directory.personal)) ? { name, staffNumber } : { name });
  const paths = approversOf(body).some(({ by }) => by === 'DEPARTMENT_SUPERVISORS') ? await departmentPaths(use) : new Map();
  const { contacts } = body.audience;
  const tagged = typeof contacts === 'object' && contacts.tagIds.length ? await allTags(use) : [];
  const tag = (id: string) => {
    const { group, name } = tagged.find((one) => one.id === id) ?? { group: '', name: id };
    return { group, name };
  };
  return {
    employee: (id) => ({ employee: called.get(id) ?? { name: id } }),
    supervisorsOf: (id) => ({ supervisorsOfDepartment: paths.get(id) ?? [id] }),
    audience: ({ tagIds, contactIds }) => ({ tags: tagIds.map(tag), contactsLeftOut: contactIds.length || undefined }),
  };
}

const noEmployee = (name: string): Message => ({ en: `There is no employee “${name}”.`, 'zh-CN': `没有员工“${name}”。` });
const severalEmployees = (name: string): Message => ({
  en: `Several employees are called “${name}”: name one by the staff number.`,
  'zh-CN': `有多名员工叫“${name}”，请以工号指明。`,
});
const noDepartment = (path: readonly string[]): Message => ({
  en: `There is no department “${path.join(' / ')}”.`,
  'zh-CN': `没有部门“${path.join(' / ')}”。`,
});
const noTag = (group: string, name: string): Message => ({
  en: `There is no tag “${name}” in the group “${group}”.`,
  'zh-CN': `标签组“${group}”中没有标签“${name}”。`,
});

/** Looks names up in this organization. @param report what stands for nobody, or for several */
export async function findingIn(use: UseCase, named: readonly FileEmployee[], report: (issue: Issue) => void): Promise<Finding> {
  const found = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name', 'staff_number'])
    .where('left_at', 'is', null)
    .where((of) =>
      of.or([
        of('name', 'in', ['', ...named.map(({ name }) => name)]),
        of('staff_number', 'in', ['', ...named.flatMap(({ staffNumber }) => staffNumber ?? [])]),
      ]),
    )
    .orderBy('id')
    .execute();
  const numbered = new Map<string, string>();
  // a number that the seat may not read finds nobody: it is not told by trying either
  for (const { id, staff_number: number } of found)
    if (number && (await use.may('Employee', id, directory.personal))) numbered.set(number, id);
  const [paths, all] = [await departmentPaths(use), await allTags(use)];
  const pathIds = new Map([...paths].map(([id, path]) => [JSON.stringify(path), id]));
  return {
    employee: ({ name, staffNumber }, path) => {
      const byNumber = staffNumber === undefined ? undefined : numbered.get(staffNumber);
      if (byNumber) return byNumber;
      const called = found.filter((one) => one.name === name);
      if (called.length === 1) return called[0]!.id;
      if (called.length === 0) report({ path, code: 'NO_EMPLOYEE', message: noEmployee(name) });
      else report({ path, code: 'SEVERAL_EMPLOYEES', message: severalEmployees(name) });
      return undefined;
    },
    department: (path, at) => {
      const id = pathIds.get(JSON.stringify(path));
      if (id === undefined) report({ path: at, code: 'NO_DEPARTMENT', message: noDepartment(path) });
      return id;
    },
    tag: ({ group, name }, path) => {
      const id = all.find((one) => one.group === group && one.name === name)?.id;
      if (id === undefined) report({ path, code: 'NO_TAG', message: noTag(group, name) });
      return id;
    },
  };
}

/** Names from the top down, by the ids of departments. */
async function departmentPaths(use: UseCase): Promise<ReadonlyMap<string, string[]>> {
  const rows = await use.on(departments).selectFrom('departments').select(['id', 'name', 'parent_id']).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const pathOf = (id: string): string[] => {
    const { name, parent_id: parent } = known.get(id)!;
    return [...(parent ? pathOf(parent) : []), name];
  };
  return new Map(rows.map(({ id }) => [id, pathOf(id)]));
}

const allTags = (use: UseCase) =>
  use
    .on(tags, tagGroups)
    .selectFrom('tags')
    .innerJoin('tag_groups', 'tag_groups.id', 'tags.group_id')
    .select(['tags.id', 'tags.name', 'tag_groups.name as group'])
    .execute();
