import { announcement, forbidden, invalid, notFound, type UseCase } from '../../../sdk/index.ts';
import { employees } from '../../directory/index.ts';
import { standIn as rules } from '../permissions.ts';
import { holdTurns, passTurns } from './passing-turns.service.ts';
import { FormStandIn, FormStandInTemplate, formStandIns, formStandInTemplates } from './stand-in.entity.ts';
import { standInNotAllowed } from './stand-in.refusals.ts';
import { closesCycle, isOneTooMany, type Naming, overlaps } from './stand-in.rules.ts';

export interface StandInGiven {
  readonly employeeId?: string;
  readonly standInId: string;
  readonly from?: Date;
  readonly until: Date;
  readonly templateIds?: readonly string[];
}
/** Somebody was named, or is not any more: before its time by whoever took it back, or because one of both has left. */
export const standInNamed = announcement<{ readonly standInRow: string; readonly employeeId: string; readonly standInId: string }>(
  'form.standInNamed',
);
export const standInEnded = announcement<{ readonly standInRow: string; readonly employeeId: string; readonly standInId: string }>(
  'form.standInEnded',
);

const TURN = 'forms.standIns';

/** Whoever names for another governs forms. @throws NotFound, FORBIDDEN */
export async function holdNaming(use: UseCase, { employeeId = use.seat.id, standInId, templateIds = [] }: StandInGiven): Promise<void> {
  if (employeeId !== use.seat.id) await use.find('Employee', employeeId, ['input', 'employeeId']);
  await use.find('Employee', standInId, ['input', 'standInId']);
  await use.findAll('FormTemplate', templateIds, (at) => ['input', 'templateIds', String(at)]);
  if (employeeId !== use.seat.id && use.seat.rights.get('FORMS') !== 'ALL') throw forbidden(rules.name);
}

/**
 * Names somebody: new turns go there from the beginning on, and those that are open. One naming of an organization waits for the other, so two
 * that would close a cycle together do not.
 * @throws ValidationFailed, StandInNotAllowed. @returns UUID of the naming
 */
export async function nameStandIn(use: UseCase, given: StandInGiven): Promise<string> {
  const { employeeId = use.seat.id, standInId, from = use.now, until, templateIds = [] } = given;
  const starts = latest(from, use.now);
  if (until <= starts)
    throw invalid(['input', 'until'], 'NOT_AFTER', {
      en: 'It ends after it has begun, in the future.',
      'zh-CN': '结束时间必须晚于开始时间和当前时间。',
    });
  await holdTurns(use, employeeId);
  await use.takeTurn(TURN);
  const naming: Naming = { employeeId, standInId, from: starts, until, templateIds: [...new Set(templateIds)] };
  await refuseNaming(use, naming);
  const id = use.newId();
  const begins = starts <= use.now;
  use.on(FormStandIn).add({
    id,
    employee_id: employeeId,
    stand_in_id: standInId,
    starts_at: starts,
    ends_at: until,
    created_at: use.now,
    begun_at: begins ? use.now : null,
  });
  if (naming.templateIds.length) use.on(FormStandInTemplate).add(naming.templateIds.map((template_id) => ({ naming_id: id, template_id })));
  await use.announce(standInNamed({ standInRow: id, employeeId, standInId }));
  if (begins) await passTurns(use, employeeId);
  return id;
}

const latest = (...moments: readonly Date[]): Date => new Date(Math.max(...moments.map((at) => at.getTime())));

/** Both are held, in the order of their ids: whoever is given a turn at this moment has it already, or is seen to have a stand-in. */
async function refuseNaming(use: UseCase, naming: Naming): Promise<void> {
  const path = ['input', 'standInId'];
  const { employeeId, standInId } = naming;
  const here = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('id', 'in', [employeeId, standInId])
    .where('left_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  if (!here.some(({ id }) => id === employeeId)) throw notFound({}, ['input', 'employeeId']);
  if (standInId === employeeId) throw standInNotAllowed({ reason: 'SELF' }, path);
  if (!here.some(({ id }) => id === standInId)) throw standInNotAllowed({ reason: 'GONE' }, path);
  const known = await standingNamings(use);
  if (isOneTooMany(known, naming)) throw standInNotAllowed({ reason: 'TOO_MANY' }, path);
  if (overlaps(known, naming)) throw standInNotAllowed({ reason: 'OVERLAPS' }, path);
  const round = closesCycle(known, naming);
  if (round) throw standInNotAllowed({ reason: round }, path);
}

/** All that are not over. */
async function standingNamings(use: UseCase): Promise<Naming[]> {
  const rows = await use
    .on(formStandIns, formStandInTemplates)
    .selectFrom('form_stand_ins as naming')
    .leftJoin('form_stand_in_templates as only', 'only.naming_id', 'naming.id')
    .select(['naming.id', 'naming.employee_id', 'naming.stand_in_id', 'naming.starts_at', 'naming.ends_at', 'only.template_id'])
    .where('naming.ends_at', '>', use.now)
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((of) => ({
    employeeId: of[0]!.employee_id,
    standInId: of[0]!.stand_in_id,
    from: of[0]!.starts_at,
    until: of[0]!.ends_at,
    templateIds: of.flatMap(({ template_id }) => template_id ?? []),
  }));
}

/** Ends some namings before their time; what is open stays with whoever has it. @returns the ids of those that were not over */
export async function endNamings(use: UseCase, which: { readonly id: string } | { readonly of: string }): Promise<string[]> {
  const ended = await use
    .on(formStandIns)
    .updateTable('form_stand_ins')
    .set((of) => ({ ends_at: use.now, starts_at: of.fn<Date>('least', ['starts_at', of.val(use.now)]), begun_at: use.now }))
    .where('ends_at', '>', use.now)
    .$if('id' in which, (query) => query.where('id', '=', (which as { id: string }).id))
    .$if('of' in which, (query) =>
      query.where((of) =>
        of.or([of('employee_id', '=', (which as { of: string }).of), of('stand_in_id', '=', (which as { of: string }).of)]),
      ),
    )
    .returning(['id', 'employee_id', 'stand_in_id'])
    .execute();
  for (const { id, employee_id, stand_in_id } of ended)
    await use.announce(standInEnded({ standInRow: id, employeeId: employee_id, standInId: stand_in_id }));
  return ended.map(({ id }) => id);
}

/** Periods that begin: the turns that are open go over. @returns how many were found */
export async function beginNamings(use: UseCase, most: number): Promise<number> {
  const due = await use
    .on(formStandIns)
    .selectFrom('form_stand_ins')
    .select(['id', 'employee_id'])
    .where('begun_at', 'is', null)
    .where('starts_at', '<=', use.now)
    .orderBy('starts_at')
    .limit(most)
    .execute();
  for (const { id, employee_id } of due) {
    await holdTurns(use, employee_id);
    await passTurns(use, employee_id);
    use.on(FormStandIn).change({ id }, { begun_at: use.now });
  }
  return due.length;
}
