import {
  auditRecord,
  invalid,
  type StaffDelivery,
  type StaffSource,
  type StaffSourceSetup,
  staffSources,
  tryOut,
  type UseCase,
} from '../../sdk/index.ts';
import { holdDirectory, planRecords, supervisionsOf, writeStaff } from '../directory/index.ts';
import { organizationOf } from '../organization/index.ts';
import { type DeliveryFault, deliveredOf } from './delivery.rules.ts';
import { makeDepartments } from './department-making.service.ts';
import { findGone, letGoOf, NOBODY_GONE } from './gone.service.ts';
import { StaffSync } from './staff-sync.entity.ts';

export const SYNC = 'StaffSyncResult';
/** Of those who have gone, so many are named. */
export const MOST_NAMED = 100;

/** Notes that the staff is to be taken from a source. @returns its id */
export function beginSync(use: UseCase, source: string, given: { readonly isDryRun: boolean; readonly startedBy: string | null }): string {
  const id = use.newId();
  use.on(StaffSync).add({ id, source, is_dry_run: given.isDryRun, started_by: given.startedBy, created_at: use.now });
  return id;
}

export const syncNow = (use: UseCase, id: string) =>
  use.on(StaffSync).selectFrom('staff_syncs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** A source that a plugin has registered which the organization uses. @throws PluginDisabled */
export async function sourceCalled(use: UseCase, name: string): Promise<StaffSource | undefined> {
  const found = use.registered(staffSources).find((one) => one.name === name);
  if (found) await use.holdPlugin(name);
  return found;
}

/** The source that is meant; where there is one only, it need not be named. @throws ValidationFailed */
export function sourceNamed(use: UseCase, name: string | undefined): string {
  const names = use.registered(staffSources).map((one) => one.name);
  const meant = name ?? (names.length === 1 ? names[0] : undefined);
  if (meant !== undefined && names.includes(meant)) return meant;
  const all = names.join(', ');
  throw invalid(['input', 'source'], 'NO_SUCH_SOURCE', {
    en: all ? `Name one of the sources: ${all}.` : 'No plugin brings the staff from elsewhere.',
    'zh-CN': all ? `请指定来源：${all}。` : '没有应用提供员工来源。',
  });
}

export interface Taken {
  readonly counts: Readonly<
    Record<
      | 'departments_added'
      | 'created'
      | 'updated'
      | 'unchanged'
      | 'rejected'
      | 'supervisions_made'
      | 'supervisions_ended'
      | 'rights_ended'
      | 'gone'
      | 'let_go',
      number
    >
  >;
  readonly goneIds: readonly string[];
  readonly faults: readonly DeliveryFault[];
}

/** Holds a delivery against the staff and takes of it what is right; a dry run is the run, taken back. */
export async function takeDelivery(
  use: UseCase,
  { id, source, is_dry_run: isDryRun }: Awaited<ReturnType<typeof syncNow>>,
  { delivery, setup }: { readonly delivery: StaffDelivery; readonly setup: Pick<StaffSourceSetup, 'whoHasGone'> },
): Promise<Taken> {
  await holdDirectory(use);
  await sourceCalled(use, source); // it is on, and stays so until this is written
  const take = () => takeIn(use, { id, source, delivery, letsGo: setup.whoHasGone === 'LET_GO' });
  const taken = await (isDryRun ? tryOut(use, id, take) : take());
  const gone_ids = taken.goneIds.slice(0, MOST_NAMED);
  use.on(StaffSync).change({ id }, { ...taken.counts, gone_ids, finished_at: use.now });
  return taken;
}

interface Given {
  readonly id: string;
  readonly source: string;
  readonly delivery: StaffDelivery;
  readonly letsGo: boolean;
}
async function takeIn(use: UseCase, { id, source, delivery, letsGo }: Given): Promise<Taken> {
  const { country } = await organizationOf(use);
  const given = deliveredOf(delivery, country);
  const made = await makeDepartments(use, given.departments);
  use.service(auditRecord).record(
    use,
    made.map((department) => ({
      act: 'addDepartment',
      module: 'staff-sync',
      objects: [['Department', department] as const, [SYNC, id] as const],
    })),
  );
  const plan = await planRecords(use, given.records);
  await writeStaff(use, { act: 'takeFromSource', module: 'staff-sync', by: [SYNC, id] }, plan);
  const { ids, known } = await findGone(use, source, given.numbers);
  const gone = letsGo ? await letGoOf(use, ids, known) : NOBODY_GONE;
  const supervisions = supervisionsOf(plan);
  const wrong = [...given.faults, ...plan.faults];
  return {
    counts: {
      departments_added: made.length,
      created: plan.hires.length,
      updated: plan.edits.length,
      unchanged: plan.unchanged,
      rejected: new Set(wrong.flatMap(({ row }) => row ?? [])).size,
      supervisions_made: supervisions.made,
      supervisions_ended: supervisions.ended + gone.supervisions,
      rights_ended: gone.rights,
      gone: ids.length,
      let_go: gone.letGo,
    },
    goneIds: ids,
    faults: [...wrong, ...gone.faults],
  };
}
