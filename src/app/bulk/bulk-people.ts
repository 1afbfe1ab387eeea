import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import {
  departmentClosure,
  departmentMembers,
  departments,
  employeeSearchTerms,
  employees,
  employeeTermRows,
} from '../../domains/directory/index.ts';
import { uuidv7At } from '../../platform/database/uuid.ts';
import { insertRows } from './bulk-insert.ts';

/** A tree of departments: the company, divisions, departments, and teams of ten. Each unit has one supervisor, who leads a team below it too. */
export interface BulkPeople {
  readonly employees: readonly { readonly id: string; readonly phone: string }[];
  /** Indexes of employees by the widest unit that they supervise. */
  readonly supervisors: { readonly team: readonly number[]; readonly department: readonly number[]; readonly company: readonly number[] };
}
const TEAM = 10;
/** Teams in a department, departments in a division. */
const BRANCHES = 5;

interface Unit {
  readonly id: string;
  readonly path: readonly string[];
}

export async function makePeople(
  client: pg.ClientBase,
  organizationId: string,
  count: number,
  phoneOf: (i: number) => string,
  at: Date,
): Promise<BulkPeople> {
  const own = { organization_id: organizationId };
  const made = Array.from({ length: count }, (_, i) => ({ id: uuidv7At(at.getTime() + i), phone: phoneOf(i) }));
  const units = unitsFor(Math.max(1, Math.ceil(count / TEAM)), at);
  const all = [units.company, ...units.divisions, ...units.departments, ...units.teams];
  await insertRows(
    client,
    departments,
    all.map(({ id, path }, i) => ({ ...own, id, name: `Unit ${i}`, parent_id: path.at(-2) ?? null })),
  );
  const closure = all.flatMap(({ id, path }) =>
    path.map((ancestor_id, i) => ({ ...own, ancestor_id, descendant_id: id, depth: path.length - 1 - i })),
  );
  await insertRows(client, departmentClosure, closure);
  const day = at.toISOString().slice(0, 10);
  await insertRows(
    client,
    employees,
    made.map(({ id, phone }, i) => ({
      ...own,
      id,
      name: `Employee ${i}`,
      phone,
      position: 'Sales',
      seniority_date: day,
      portal_id: randomUUID(),
    })),
  );
  const terms = made.flatMap(({ id }, i) => employeeTermRows(id, { name: `Employee ${i}`, nickname: null, staff_number: null }));
  await insertRows(
    client,
    employeeSearchTerms,
    terms.map((term) => ({ ...own, ...term })),
  );
  const { members, supervisors } = membersOf(made.length, units);
  const rows = members.map(({ unit, employee, leads }) => ({
    ...own,
    department_id: unit.id,
    employee_id: made[employee]!.id,
    is_main: units.teams.includes(unit),
    is_supervisor: leads,
    joined_at: at,
  }));
  await insertRows(client, departmentMembers, rows);
  return { employees: made, supervisors };
}

interface Units {
  readonly company: Unit;
  readonly divisions: readonly Unit[];
  readonly departments: readonly Unit[];
  readonly teams: readonly Unit[];
}
function unitsFor(teams: number, at: Date): Units {
  let made = 0;
  const below = (above: Unit | undefined): Unit => {
    const id = uuidv7At(at.getTime() + made++);
    return { id, path: [...(above?.path ?? []), id] };
  };
  const level = (count: number, above: readonly Unit[]): Unit[] =>
    Array.from({ length: count }, (_, i) => below(above[Math.floor((i * above.length) / count)]));
  const company = below(undefined);
  const ofTeams = Math.max(1, Math.ceil(teams / BRANCHES));
  const divisions = level(Math.max(1, Math.ceil(ofTeams / BRANCHES)), [company]);
  const inDivisions = level(ofTeams, divisions);
  return { company, divisions, departments: inDivisions, teams: level(teams, inDivisions) };
}

interface Member {
  readonly unit: Unit;
  readonly employee: number;
  readonly leads: boolean;
}
/** The first of each team leads it; the first leader below a wider unit leads that too. */
function membersOf(
  count: number,
  { company, divisions, departments: inDivisions, teams }: Units,
): { members: Member[]; supervisors: BulkPeople['supervisors'] } {
  const inTeams = Array.from(
    { length: count },
    (_, employee): Member => ({ unit: teams[Math.floor(employee / TEAM)]!, employee, leads: employee % TEAM === 0 }),
  );
  const leaderBelow = (unit: Unit, from: number): number =>
    inTeams.findIndex(({ unit: team, leads, employee }) => leads && employee >= from && team.path.includes(unit.id));
  const leads = (unit: Unit, from = 0): Member => ({ unit, employee: leaderBelow(unit, from), leads: true });
  const ofCompany = leads(company);
  const ofDivisions = divisions.map((unit) => leads(unit, ofCompany.employee + 1)).filter(({ employee }) => employee >= 0);
  const taken = new Set([ofCompany, ...ofDivisions].map(({ employee }) => employee));
  const ofDepartments = inDivisions.flatMap((unit) => {
    const free = inTeams.findIndex(({ unit: team, leads: does, employee }) => does && !taken.has(employee) && team.path.includes(unit.id));
    return free < 0 ? [] : [{ unit, employee: free, leads: true }];
  });
  for (const { employee } of ofDepartments) taken.add(employee);
  const team = inTeams.filter(({ leads: does, employee }) => does && !taken.has(employee)).map(({ employee }) => employee);
  return {
    members: [...inTeams, ofCompany, ...ofDivisions, ...ofDepartments],
    supervisors: { team, department: ofDepartments.map(({ employee }) => employee), company: [ofCompany.employee] },
  };
}
