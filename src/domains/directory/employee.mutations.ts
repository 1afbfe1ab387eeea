import { type GuichetBuilder, HiringChoiceName, type InputMaker, type PayloadFields, versionConflict } from '../../sdk/index.ts';
import { concernedByEdit } from './concerned.service.ts';
import { employeePhoneTaken, phoneBelongsToContact, phoneFollowsAccount, rightNotYours } from './directory.errors.ts';
import { Department, Employee } from './directory.refs.ts';
import { holdDirectory } from './directory-turn.service.ts';
import { addEmployee } from './employee-adding.service.ts';
import { coverDepartments } from './employee-departments.service.ts';
import { coverEdit, expectEmployee, holdEmployee, updateEmployee } from './employee-editing.service.ts';
import { doneOrForeseen, dryRun, effects, type Foreseen } from './foresight.graphql.ts';
import { directory } from './permissions.ts';

const EMPTY = 'An empty text takes it away.';
/** Departments that an employee is in at the most. */
const MOST_DEPARTMENTS = 20;
const personal = (t: InputMaker, { least }: { readonly least: 0 | 1 }) => {
  const empty = least === 0 ? ` ${EMPTY}` : '';
  return {
    nameVerified: t.flag({ description: 'Whether somebody has looked that the real name is right.', required: false }),
    nickname: t.text({ description: `What colleagues call them.${empty}`, required: false, min: least, max: 100, isName: true }),
    staffNumber: t.text({
      description: `Number in the organization’s own lists; no two who are employed have the same.${empty}`,
      required: false,
      min: least,
      max: 50,
      isName: true,
    }),
    position: t.text({ description: `What they do.${empty}`, required: false, min: least, max: 100 }),
    seniorSince: t.day({
      description:
        'From when on seniority counts. A day to come is taken, as of who is to begin: until then, too, whoever has an earlier one goes first.',
      required: false,
    }),
    mainDepartmentId: t.globalId(Department, { description: 'The department that they mainly belong to: one of theirs.', required: false }),
  };
};
const success = (t: PayloadFields<{ employee: string }>) => ({
  employee: t.loaded(Employee, 'employee', { description: 'The employee as they are now.', rule: directory.read }),
});

/** Mutations of one employee (spec 10.1). */
export function employeeMutations(builder: GuichetBuilder): void {
  builder.words(HiringChoiceName);
  builder.useCase('addEmployee', {
    description: 'Employs somebody; they can sign in at once with their phone. Where your right is for departments, name some of those.',
    rule: directory.manage,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Real name.', max: 100 }),
      phone: t.phoneNumber({ description: 'Mobile that they sign in with; without a country code read as of the organization’s country.' }),
      departmentIds: t.globalIds(Department, {
        description: 'Departments that they are in. The first one is the main one, unless you name another.',
        required: false,
        most: MOST_DEPARTMENTS,
      }),
      ...personal(t, { least: 1 }),
      onContact: t.choice(HiringChoiceName, { description: 'What becomes of a contact with this phone.', required: false }),
    }),
    refusals: [employeePhoneTaken, phoneBelongsToContact],
    guard: async (use, { departmentIds = [], mainDepartmentId }) => {
      await holdDirectory(use);
      if (mainDepartmentId) await coverDepartments(use, [mainDepartmentId], () => ['input', 'mainDepartmentId']);
      await coverDepartments(use, departmentIds, (at) => ['input', 'departmentIds', String(at)]);
    },
    run: async (use, { departmentIds = [], ...given }) => ({ employee: await addEmployee(use, { ...given, departmentIds }) }),
    success,
  });
  builder.useCase('updateEmployee', {
    description:
      'Edits an employee, all of whose departments your right covers. What is left out stays as it is. A mistyped phone can be mended until somebody has signed in with it; then it follows their account. Whoever has the phone is the employee, so you mend it where you could grant the rights that the employee holds.',
    rule: directory.manage,
    input: (t) => ({
      employeeId: t.globalId(Employee, { description: 'The employee.' }),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      name: t.name({ description: 'Real name.', required: false, max: 100 }),
      departmentIds: t.globalIds(Department, {
        description:
          'Departments that they are in from now on; those that come or go must be covered by your right, and nobody’s right may come to cover the employee whom you could not grant it.',
        required: false,
        most: MOST_DEPARTMENTS,
      }),
      ...personal(t, { least: 0 }),
      phone: t.phoneNumber({
        description: 'The mobile that they will sign in with, where the one that was given is wrong.',
        required: false,
      }),
      onContact: t.choice(HiringChoiceName, {
        description:
          'What becomes of a contact with this phone. With `CONVERT` nobody finds the contact any more: `effects` of a dry run tell who does now.',
        required: false,
      }),
      ...dryRun(t),
    }),
    refusals: [versionConflict, rightNotYours, phoneFollowsAccount, employeePhoneTaken, phoneBelongsToContact],
    guard: async (use, { employeeId, expectedVersion, dryRun: _, ...edit }) => {
      await holdDirectory(use);
      const before = await holdEmployee(use, employeeId);
      await coverEdit(use, before, edit);
      expectEmployee(before, expectedVersion);
      return before;
    },
    run: async (use, { employeeId, expectedVersion: _, dryRun: isDry, ...edit }, before) => ({
      employee: employeeId,
      ...(await doneOrForeseen(
        use,
        { about: employeeId, isDry },
        () => concernedByEdit(use, before, edit),
        () => updateEmployee(use, before, edit),
      )),
    }),
    success: (t: PayloadFields<{ employee: string } & Foreseen>) => ({ ...success(t), ...effects(t) }),
  });
}
