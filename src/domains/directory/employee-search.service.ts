import { endsOf, findForm, spokenTerms, storedTerms, transactionOf } from '../../sdk/core.ts';
import { type Backfill, shared, type Transaction, type UseCase } from '../../sdk/index.ts';
import { employees } from './directory.entity.ts';
import { STAFF_NUMBER } from './employee-search.entity.ts';

/** From what was typed to the beginning of the terms that match it; undefined where nothing was typed. */
export const lookedFor = (typed: string): string | undefined => findForm(typed) || undefined;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly nickname: string | null;
  readonly staff_number: string | null;
}
type Kind = 'ANY' | typeof STAFF_NUMBER;
type Term = { readonly kind: Kind; readonly term: string };

/** Every term that an employee is found by: parts of the name and the nickname, how they sound, and the staff number from its beginning. */
export function termsOf({ name, nickname, staff_number }: Omit<Named, 'id'>): Term[] {
  const names = [name, ...(nickname ? [nickname] : [])];
  const open = storedTerms(names.flatMap((one) => [...endsOf([...findForm(one)]), ...spokenTerms(one)]));
  const number = staff_number === null ? [] : storedTerms([findForm(staff_number)]);
  return [...open.map((term): Term => ({ kind: 'ANY', term })), ...number.map((term): Term => ({ kind: STAFF_NUMBER, term }))];
}

/** The rows by which an employee is found. */
export const employeeTermRows = (employeeId: string, named: Omit<Named, 'id'>) =>
  termsOf(named).map((term) => ({ employee_id: employeeId, ...term }));

/** A hundred long names in letters have forty thousand: whoever writes for many writes by so many a statement, none of which takes long. */
const MOST_TERMS = 4_000;

/** Makes the terms of some employees those that they are found by now. */
async function writeTerms({ client }: Pick<Transaction, 'client'>, organizationId: string, people: readonly Named[]): Promise<void> {
  const terms = people.flatMap((one) => termsOf(one).map((term) => ({ ...term, id: one.id })));
  await forgetTerms(
    client,
    organizationId,
    people.map(({ id }) => id),
  );
  for (const some of inTurn(terms, MOST_TERMS))
    await client.query(
      `insert into employee_search_terms (organization_id, employee_id, kind, term)
       select $1, made.employee_id, made.kind, made.term from unnest($2::uuid[], $3::text[], $4::text[]) made (employee_id, kind, term)`,
      [organizationId, some.map(({ id }) => id), some.map(({ kind }) => kind), some.map(({ term }) => term)],
    );
}

async function forgetTerms(client: Transaction['client'], organizationId: string, ids: readonly string[]): Promise<void> {
  for (const some of inTurn(ids, BATCH))
    await client.query('delete from employee_search_terms where organization_id = $1 and employee_id = any($2::uuid[])', [
      organizationId,
      some,
    ]);
}

const inTurn = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));

const terms = shared<string>('directory.terms', async (use, ids) => {
  const people = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name', 'nickname', 'staff_number'])
    .where((of) => of('id', '=', of.fn.any(of.val([...new Set(ids)]))))
    .execute();
  await writeTerms(transactionOf(use), use.organizationId, people);
});
/** Somebody is called otherwise from now on, or has come: they are found by it when all else is written. */
export const findAnew = (use: UseCase, employeeId: string): void => use.last(terms, employeeId);

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Nobody finds some by what they were called any more, nor by what they are called now until `findNext` comes to them, or the backfill. */
export const forget = (use: UseCase, employeeIds: readonly string[]): Promise<void> =>
  forgetTerms(transactionOf(use).client, use.organizationId, employeeIds);

/** Gives some who have no terms theirs, after one of them. @returns undefined where nobody is left */
export const findNext = (use: UseCase, after?: string): Promise<Found | undefined> =>
  termsOfNext(transactionOf(use), use.organizationId, { after, waits: true });
interface Found {
  readonly last: string;
  readonly count: number;
}

/** Gives those their terms who were employed before there were any, and whom a job has left without. */
export const termsOfStaff: Backfill = {
  name: 'search terms of employees',
  batch: async (transaction, organizationId, after) => (await termsOfNext(transaction, organizationId, { after, waits: false }))?.last,
};

async function termsOfNext(
  transaction: Pick<Transaction, 'client'>,
  organizationId: string,
  { after = FIRST, waits }: { readonly after?: string; readonly waits: boolean },
): Promise<Found | undefined> {
  const { rows } = await transaction.client.query<Named>(
    `select id, name, nickname, staff_number from employees
     where organization_id = $1 and id > $2 and not exists (
       select from employee_search_terms known where known.organization_id = $1 and known.employee_id = employees.id)
     order by id limit ${BATCH} for no key update ${waits ? '' : 'skip locked'}`,
    [organizationId, after],
  );
  if (rows.length === 0) return undefined;
  await writeTerms(transaction, organizationId, rows);
  return { last: rows.at(-1)!.id, count: rows.length };
}
