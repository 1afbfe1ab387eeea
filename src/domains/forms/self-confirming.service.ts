import { type JobWork, type ServedTime, type UseCase, windowTime } from '../../sdk/index.ts';
import { businessForms, FormHistory } from './form.entity.ts';
import { actOnForm, holdForServer } from './form-acts.service.ts';
import { lockForm, silenceConfirms } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';

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

/** @returns the last that was looked at, where there may be more; none while the window is suspended */
async function confirmSome(use: UseCase, after: string): Promise<string | undefined> {
  const served = await use.service(windowTime).served(use);
  if (!served) return undefined;
  const waiting = await waitingOnes(use, served, after);
  for (const one of waiting) if (isDue(served, one)) await confirmIfDue(use, served, one);
  return waiting.length === BATCH ? waiting.at(-1)?.id : undefined;
}

interface Waiting {
  readonly id: string;
  readonly since: Date;
  readonly days: number;
}
const isDue = (served: ServedTime, { since, days }: Omit<Waiting, 'id'>): boolean => served.since(since) >= days * DAY;

/** Confirmations that are open, of templates that let them confirm themselves. */
async function waitingOnes(use: UseCase, served: ServedTime, after: string): Promise<Waiting[]> {
  const found = await use
    .on(businessForms, formTemplateVersions)
    .selectFrom('business_forms as form')
    .innerJoin('form_template_versions as version', (join) =>
      join.onRef('version.template_id', '=', 'form.template_id').onRef('version.version', '=', 'form.template_version'),
    )
    .select(['form.id', 'form.customer_state_since as since', 'version.flow'])
    .where('form.state', '=', 'AWAITING_CONFIRMATION')
    .where('form.customer_state_since', '<=', served.ago(DAY))
    .where((of) => of(of.ref('version.flow', '->>').key('confirmsItselfAfterDays' as never), 'is not', null))
    .where('form.paused_reason', 'is', null)
    .where('form.id', '>', after)
    .orderBy('form.id')
    .limit(BATCH)
    .execute();
  return found.map(({ id, since, flow }) => ({ id, since, days: flow.confirmsItselfAfterDays! }));
}

/** The days begin again where the form has rested meanwhile: its customer could not confirm. */
async function confirmIfDue(use: UseCase, served: ServedTime, { id, days }: Waiting): Promise<void> {
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
  if (!isDue(served, { days, since: rested?.at ?? form.customer_state_since }) || !(await silenceConfirms(use, form))) return;
  await actOnForm(use, await holdForServer(use, form, 'CONFIRM'), { kind: 'CONFIRM' });
}
