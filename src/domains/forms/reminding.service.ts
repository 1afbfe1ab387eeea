import type { UseCase } from '../../sdk/index.ts';
import type { Facts } from './engine/flow.types.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { actOnForm, type HeldForm, type Moved } from './form-acts.service.ts';

const FEW_HOURS = 4 * 3_600_000;

/**
 * Nobody is reminded twice in a few hours, each on a clock of their own: whoever reminds others holds up nobody's reminder of themself. The
 * customer who reminds has one too, which tells them nothing of what those inside do (spec 6.3). @throws RemindedLately
 */
export async function remindForm(use: UseCase, held: HeldForm): Promise<Moved> {
  const { lately, nextAt } =
    held.actor.is !== 'CUSTOMER' && held.form.state === 'IN_REVIEW' ? await ofTasks(use, held) : await ofForm(use, held);
  const facts: Partial<Facts> = lately === true ? { remindedLately: true } : { lately };
  return actOnForm(use, held, { kind: 'REMIND' }, { facts, nextAt });
}
/** What was reminded too short a while ago, or whether it was; and from when on it can be again. */
interface Lately {
  readonly lately: true | ReadonlySet<string>;
  readonly nextAt: Date;
}
const nextAfter = (at: Date | null): Date => new Date((at?.getTime() ?? 0) + FEW_HOURS);

async function ofForm(use: UseCase, { form, actor }: HeldForm): Promise<Lately> {
  const { reminded_at, customer_reminded_at } = await use
    .on(businessForms)
    .selectFrom('business_forms')
    .select(['reminded_at', 'customer_reminded_at'])
    .where('id', '=', form.id)
    .executeTakeFirstOrThrow();
  const nextAt = nextAfter(actor.is === 'CUSTOMER' ? customer_reminded_at : reminded_at);
  return { lately: nextAt > use.now || new Set(), nextAt };
}

async function ofTasks(use: UseCase, { form, actor }: HeldForm): Promise<Lately> {
  const open = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['id', 'assignee_id', 'reminded_at'])
    .where('form_id', '=', form.id)
    .where('state', '=', 'OPEN')
    .execute();
  const others = open.filter(({ assignee_id }) => assignee_id !== actor.id);
  const waits = others.filter(({ reminded_at }) => nextAfter(reminded_at) > use.now);
  const next = Math.min(...waits.map(({ reminded_at }) => nextAfter(reminded_at).getTime()));
  return { lately: new Set(waits.map(({ id }) => id)), nextAt: new Date(waits.length ? next : 0) };
}
