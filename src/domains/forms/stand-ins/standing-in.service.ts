import { knownQuery, type UseCase } from '../../../sdk/index.ts';
import { employees } from '../../directory/index.ts';
import { FormStandIn, formStandIns, formStandInTemplates } from './stand-in.entity.ts';
import { MOST_STEPS, type Naming, standInOf } from './stand-in.rules.ts';

/** Of one employee; where they are held, as everybody is held who has a turn: who leaves meanwhile is waited for, or waits. */
const liveNamings = (held: boolean) =>
  knownQuery(
    { form_stand_ins: formStandIns, form_stand_in_templates: formStandInTemplates, employees },
    (db, given: { employeeId: string; now: Date }) =>
      db
        .selectFrom('form_stand_ins as naming')
        .innerJoin('employees as deputy', 'deputy.id', 'naming.stand_in_id')
        .leftJoin('form_stand_in_templates as only', 'only.naming_id', 'naming.id')
        .select(['naming.id', 'naming.stand_in_id', 'only.template_id'])
        .where('naming.employee_id', '=', given.employeeId)
        .where('naming.starts_at', '<=', given.now)
        .where('naming.ends_at', '>', given.now)
        .where('deputy.left_at', 'is', null)
        .$if(held, (query) => query.forShare('deputy')),
  );
const heldNamings = liveNamings(true);
const toldNamings = liveNamings(false);
type Live = Omit<Naming, 'from' | 'until'>;

async function namingsOf(use: UseCase, employeeId: string, held: boolean): Promise<Live[]> {
  const rows = await use.on(FormStandIn).ask(held ? heldNamings : toldNamings, { employeeId, now: use.now });
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((of) => ({
    employeeId,
    standInId: of[0]!.stand_in_id,
    templateIds: of.flatMap(({ template_id }) => template_id ?? []),
  }));
}

/** Those of some employees who have named anybody for now. */
export async function awayAmong(use: UseCase, ids: readonly string[]): Promise<string[]> {
  const found = await use
    .on(formStandIns)
    .selectFrom('form_stand_ins')
    .select('employee_id')
    .distinct()
    .where('employee_id', 'in', ids)
    .where('starts_at', '<=', use.now)
    .where('ends_at', '>', use.now)
    .execute();
  return found.map(({ employee_id }) => employee_id);
}

/** Who stands in for somebody now, by templates. Sent behind the lock of the employee, it sees whoever was named before that. @param held false: it is only told */
export async function standInsFor(use: UseCase, employeeId: string, held = true): Promise<(templateId: string) => string | undefined> {
  const live: Live[] = [];
  const asked = new Set<string>();
  for (let [ask, step] = [[employeeId], 0]; ask.length && step < MOST_STEPS; step++) {
    for (const one of ask) asked.add(one);
    const found = (await Promise.all(ask.map((one) => namingsOf(use, one, held)))).flat();
    live.push(...found);
    ask = [...new Set(found.map(({ standInId }) => standInId))].filter((one) => !asked.has(one));
  }
  return (templateId) => standInOf(live, employeeId, templateId);
}
