import { encodeGlobalId, type GuichetBuilder, type InputMaker, type PayloadFields, versionConflict } from '../../sdk/index.ts';
import { concernedByMove, concernedBySupervisors } from './concerned.service.ts';
import { addDepartment, coverMove, expectDepartment, holdDepartment, moveDepartment, renameDepartment } from './department.service.ts';
import { removeDepartment } from './department-removing.service.ts';
import { coverPlace } from './department-tree.service.ts';
import { departmentCycle, departmentNotEmpty, rightNotYours, supervisorNotMember } from './directory.errors.ts';
import { Department, Employee } from './directory.refs.ts';
import { holdDirectory } from './directory-turn.service.ts';
import { doneOrForeseen, dryRun, effects } from './foresight.graphql.ts';
import { directory } from './permissions.ts';
import { setSupervisors } from './supervisor.service.ts';
import { MOST_SUPERVISORS } from './supervisors.rules.ts';

/** Supervisors that a department has at the most. */
const rule = directory.manage;
const departmentId = (t: InputMaker) => t.globalId(Department, { description: 'The department.' });
const expectedVersion = (t: InputMaker) =>
  t.integer({ description: 'The `version` that you read; left out, whatever it is.', required: false });
const success = (t: PayloadFields<{ department: string }>) => ({
  department: t.loaded(Department, 'department', { description: 'The department as it is now.', rule: directory.read }),
});

/** Mutations of the tree of departments (spec 10.1). */
export function departmentMutations(builder: GuichetBuilder): void {
  declareAdding(builder);
  declareMoving(builder);
  declareSupervisors(builder);
}

function declareAdding(builder: GuichetBuilder): void {
  builder.useCase('addDepartment', {
    description: 'Adds a department below another one that your right covers; on top, where your right is for the whole organization.',
    rule,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Its name: beside it there is no other of this name.', max: 100 }),
      parentId: t.nullableId(Department, { description: 'The department above; null or left out for the top.' }),
    }),
    guard: async (use, { parentId = null }) => {
      await holdDirectory(use);
      await coverPlace(use, parentId);
    },
    run: async (use, { name, parentId = null }) => ({ department: await addDepartment(use, name, parentId) }),
    success,
  });
  builder.useCase('updateDepartment', {
    description: 'Gives a department another name.',
    rule,
    input: (t) => ({
      departmentId: departmentId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      name: t.name({ description: 'Its name: beside it there is no other of this name.', required: false, max: 100 }),
    }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await holdDirectory(use);
      return expectDepartment(await holdDepartment(use, given.departmentId), given.expectedVersion);
    },
    run: async (use, { name }, now) => {
      renameDepartment(use, now, name ?? now.name);
      return { department: now.id };
    },
    success,
  });
}

function declareMoving(builder: GuichetBuilder): void {
  builder.useCase('moveDepartment', {
    description:
      'Moves a department with all that is below it. Your right must cover where it stands and where it comes to; and rights for departments may not come to cover by it what you could not grant: your own never grow by your moving.',
    rule,
    input: (t) => ({
      departmentId: departmentId(t),
      parentId: t.nullableId(Department, { description: 'The department above; null or left out for the top.' }),
      expectedVersion: expectedVersion(t),
      ...dryRun(t),
    }),
    refusals: [versionConflict, rightNotYours, departmentCycle],
    guard: async (use, given) => {
      await holdDirectory(use);
      const now = await holdDepartment(use, given.departmentId);
      await coverMove(use, now, given.parentId ?? null);
      return expectDepartment(now, given.expectedVersion);
    },
    run: async (use, { parentId = null, dryRun: isDry }, now) => ({
      department: now.id,
      ...(await doneOrForeseen(
        use,
        { about: now.id, isDry },
        () => concernedByMove(use, now, parentId),
        () => moveDepartment(use, now, parentId),
      )),
    }),
    success: (t) => ({ ...success(t), ...effects(t) }),
  });
  builder.useCase('removeDepartment', {
    description: 'Removes a department in which nobody and nothing is any more.',
    rule,
    input: (t) => ({
      departmentId: departmentId(t),
      expectedVersion: expectedVersion(t),
      endShares: t.boolean({
        description:
          'Whether shares of contacts with it end: nobody is in it whom they reach. Without it, a department that has some stays.',
        required: false,
      }),
    }),
    refusals: [versionConflict, departmentNotEmpty],
    guard: async (use, given) => {
      await holdDirectory(use);
      return expectDepartment(await holdDepartment(use, given.departmentId), given.expectedVersion);
    },
    run: async (use, { endShares }, now) => {
      await removeDepartment(use, now, { endShares: endShares === true });
      return { departmentId: encodeGlobalId('Department', now.id) };
    },
    success: (t) => ({ departmentId: t.exposeID('departmentId', { description: 'Global id that the department had.', rule }) }),
  });
}

function declareSupervisors(builder: GuichetBuilder): void {
  builder.useCase('setDepartmentSupervisors', {
    description: 'Makes these members, and no others, the supervisors of a department.',
    rule,
    input: (t) => ({
      departmentId: departmentId(t),
      employeeIds: t.globalIds(Employee, { description: 'Its supervisors from now on; none for no supervisor.', most: MOST_SUPERVISORS }),
      expectedVersion: expectedVersion(t),
      ...dryRun(t),
    }),
    refusals: [versionConflict, supervisorNotMember],
    guard: async (use, given) => {
      await holdDirectory(use);
      const now = await holdDepartment(use, given.departmentId);
      await use.findAll('Employee', given.employeeIds, (at) => ['input', 'employeeIds', String(at)]);
      return expectDepartment(now, given.expectedVersion);
    },
    run: async (use, { employeeIds, dryRun: isDry }, now) => ({
      department: now.id,
      ...(await doneOrForeseen(
        use,
        { about: now.id, isDry },
        () => concernedBySupervisors(use, now, employeeIds),
        () => setSupervisors(use, now, employeeIds),
      )),
    }),
    success: (t) => ({ ...success(t), ...effects(t) }),
  });
}
