import type { JobWork, UseCase } from '../../sdk/index.ts';
import { certifications, organizations } from '../organization/index.ts';
import { businessForms, FormHistory } from './form.entity.ts';
import { actOnForm, holdForServer } from './form-acts.service.ts';
import { lockForm } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { openTime, type Standing } from './self-confirming.rules.ts';

const DAY = 86_400_000;
const BATCH = 20;

/** A confirmation that a customer leaves open confirms itself after the days that its template allows; the time in which the window was suspended does not count (spec 6.11). */
export async function confirmThemselves(work: JobWork): Promise<void> {
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const from: string = after;
    after = await work.perform((use) => confirmSome(use, from));
  }
}
const FIRST = '00000000-0000-0000-0000-000000000000';

/** @returns the last that was looked at, where there may be more */
async function confirmSome(use: UseCase, after: string): Promise<string | undefined> {
  const standings = await windowStandings(use);
  if (!standings) return undefined;
  const waiting = await waitingOnes(use, after);
  for (const one of waiting) if (isDue(use, standings, one)) await confirmIfDue(use, standings, one);
  return waiting.length === BATCH ? waiting.at(-1)?.id : undefined;
}

interface Waiting {
  readonly id: string;
  readonly since: Date;
  readonly days: number;
}
const isDue = (use: UseCase, standings: readonly Standing[], { since, days }: Waiting): boolean =>
  openTime(standings, since, use.now) >= days * DAY;

/** The certification stays as it is until the step is done. Undefined: the window is suspended now. */
async function windowStandings(use: UseCase): Promise<Standing[] | undefined> {
  const now = await use.on(organizations).selectFrom('organizations').select('certification').forShare().executeTakeFirstOrThrow();
  if (now.certification !== 'ADVANCED') return undefined;
  const decided = await use.on(certifications).selectFrom('certifications').select(['at', 'level']).orderBy('at').orderBy('id').execute();
  return decided.map(({ at, level }) => ({ at, isOpen: level === 'ADVANCED' }));
}

/** Confirmations that are open, of templates that let them confirm themselves. */
async function waitingOnes(use: UseCase, after: string): Promise<Waiting[]> {
  const found = await use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.id', 'form.customer_state_since as since', 'version.flow'])
    .where('form.state', '=', 'AWAITING_CONFIRMATION')
    .where('form.customer_state_since', '<=', new Date(use.now.getTime() - DAY))
    .where((of) => of(of.ref('version.flow', '->>').key('confirmsItselfAfterDays' as never), 'is not', null))
    .where('form.paused_reason', 'is', null)
    .where('form.id', '>', after)
    .orderBy('form.id')
    .limit(BATCH)
    .execute();
  return found.map(({ id, since, flow }) => ({ id, since, days: flow.confirmsItselfAfterDays! }));
}

/** The days begin again where the form has rested meanwhile: its customer could not confirm. */
async function confirmIfDue(use: UseCase, standings: readonly Standing[], { id, days }: Waiting): Promise<void> {
  const form = await lockForm(use, id);
  if (form.state !== 'AWAITING_CONFIRMATION' || form.paused_reason !== null) return; // the customer was quicker
  const rested = await use
    .on(FormHistory)
    .selectFrom('form_history')
    .select('at')
    .where('form_id', '=', id)
    .where('kind', '=', 'RESUMED')
    .where('at', '>', form.customer_state_since)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!isDue(use, standings, { id, days, since: rested?.at ?? form.customer_state_since })) return;
  await actOnForm(use, await holdForServer(use, form, 'CONFIRM'), { kind: 'CONFIRM' });
}
