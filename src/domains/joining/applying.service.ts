import { invalid, joinApplicationCame, topic, type UseCase, validationFailed } from '../../sdk/index.ts';
import { holdOpenWindow } from '../service-window/index.ts';
import { applicantName, withoutMarks } from './applicant-name.rules.ts';
import type { JoinDoor } from './join.door.ts';
import { joinApplications } from './join-application.entity.ts';
import { countApplication, holdForApplying } from './link-places.service.ts';
import { type LinkNow, openLink, refuseClosed, type Visitor } from './link-visiting.service.ts';
import { admit, mobileAt } from './phone-proving.service.ts';

export const applicationTopic = topic('JOIN_APPLICATION', 'JoinApplication');

/** Characters at the most. */
export const MOST = { code: 64, name: 100, message: 500, verificationCode: 40 } as const;

/** What somebody gives who applies. */
export interface Application {
  readonly name?: string;
  /** As it was typed; the account's where it is left out. */
  readonly phone?: string;
  readonly message?: string;
  readonly verificationCode?: string;
}
/** An account that applies with one touch. */
export interface Applicant {
  /** E.164 */
  readonly phone: string;
  readonly isProven: boolean;
  /** Of the seat that asks, where there is one. */
  readonly name: string | undefined;
}

/**
 * Somebody applies to be let in (spec 5.6). Nothing is looked up of whom the phone belongs to: neither the answer nor its time tells whether it
 * is known.
 * @returns whether the phone was proven
 * @throws NotFound, WindowLinkEnded, WindowLinkFull, WindowSuspended, VerificationCodeRefused, ValidationFailed, RATE_LIMITED
 */
export async function applyToWindow(
  door: JoinDoor,
  code: string,
  given: Application,
  visitor: Visitor & { readonly account?: Applicant },
): Promise<{ phoneProven: boolean }> {
  const link = await openLink(door, code, visitor);
  const { account } = visitor;
  const phone = given.phone === undefined ? account?.phone : mobileAt(link, given.phone);
  const name = given.name ?? account?.name;
  if (!phone) throw required('phone', { en: 'Say which number is yours.', 'zh-CN': '请填写手机号码。' });
  if (!name) throw required('name', { en: 'Say your name.', 'zh-CN': '请填写姓名。' });
  const issues = applicantName(name);
  if (issues.length) throw validationFailed({ issues: issues.map((issue) => ({ ...issue, path: ['input', 'name'] })) }, ['input', 'name']);
  await admit(door, link, phone, given.verificationCode, visitor);
  const phoneProven = given.verificationCode !== undefined || (account?.phone === phone && account.isProven);
  const row = {
    name,
    phone,
    phone_proven: phoneProven,
    message: given.message === undefined ? null : withoutMarks(given.message),
    language: visitor.language,
  };
  await door.act(link.organizationId, visitor.language, (use) => write(use, link, row));
  return { phoneProven };
}

const required = (field: string, message: { en: string; 'zh-CN': string }) => invalid(['input', field], 'REQUIRED', message);

interface Row {
  readonly name: string;
  readonly phone: string;
  readonly phone_proven: boolean;
  readonly message: string | null;
  readonly language: string;
}

/**
 * One application for each number that waits at a link. Whoever sends the same again changes it, and takes no second place: also where the link
 * is full by now, if the number is proven. Of one that is not, a full link tells nobody whether it waits.
 */
async function write(use: UseCase, link: LinkNow, row: Row): Promise<void> {
  await holdOpenWindow(use);
  const { state } = await holdForApplying(use, link);
  if (state === 'OPEN' || row.phone_proven) {
    const waiting = await change(use, link, row);
    if (waiting) return tell(use, 'CHANGED', waiting);
  }
  refuseClosed(state);
  const id = use.newId();
  await use
    .on(joinApplications)
    .insertInto('join_applications')
    .values({ organization_id: use.organizationId, id, link_id: link.linkId, ...row, applied_at: use.now })
    .execute();
  await countApplication(use, link.linkId, row.phone_proven);
  await use.announce(joinApplicationCame({ applicationId: id }));
  tell(use, 'CAME', id);
}

/** @returns the id of the application that waits, where there is one */
async function change(use: UseCase, { linkId }: LinkNow, row: Row): Promise<string | undefined> {
  const changed = await use
    .on(joinApplications)
    .updateTable('join_applications')
    .set({ ...row, applied_at: use.now })
    .where('link_id', '=', linkId)
    .where('phone', '=', row.phone)
    .where('phone_proven', '=', row.phone_proven)
    .where('state', '=', 'PENDING')
    .returning('id')
    .executeTakeFirst();
  return changed?.id;
}

export const tell = (use: UseCase, kind: 'CAME' | 'CHANGED' | 'DECIDED', subjectId: string): void =>
  use.emit({ stream: use.organizationId, topic: applicationTopic, kind, subjectId });
