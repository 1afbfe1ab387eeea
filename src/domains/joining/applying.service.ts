import { invalid, joinApplicationCame, topic, type UseCase } from '../../sdk/index.ts';
import { holdOpenWindow } from '../service-window/index.ts';
import type { JoinDoor } from './join.door.ts';
import { joinApplications } from './join-application.entity.ts';
import { type LinkNow, linkNow, openLink, refuseClosed, type Visitor } from './link-visiting.service.ts';
import { admit, mobileAt } from './phone-proving.service.ts';
import { windowLinks } from './window-link.entity.ts';

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
  await admit(door, link, phone, given.verificationCode, visitor);
  const phoneProven = given.verificationCode !== undefined || (account?.phone === phone && account.isProven);
  const row = { name, phone, phone_proven: phoneProven, message: given.message ?? null, language: visitor.language };
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

/** One application for each number that waits at a link. Whoever sends the same again changes it, and takes no second place. */
async function write(use: UseCase, link: LinkNow, row: Row): Promise<void> {
  await holdOpenWindow(use);
  await takePlace(use, link);
  const applications = use.on(joinApplications);
  const changed = { ...row, applied_at: use.now };
  const id = use.newId();
  const added = await applications
    .insertInto('join_applications')
    .values({ organization_id: use.organizationId, id, link_id: link.linkId, ...changed })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) {
    await use.announce(joinApplicationCame({ applicationId: id }));
    return tell(use, 'CAME', id);
  }
  await givePlaceBack(use, link);
  const { id: waiting } = await applications
    .updateTable('join_applications')
    .set(changed)
    .where('link_id', '=', link.linkId)
    .where('phone', '=', row.phone)
    .where('phone_proven', '=', row.phone_proven)
    .where('state', '=', 'PENDING')
    .returning('id')
    .executeTakeFirstOrThrow();
  tell(use, 'CHANGED', waiting);
}

export const tell = (use: UseCase, kind: 'CAME' | 'CHANGED' | 'DECIDED', subjectId: string): void =>
  use.emit({ stream: use.organizationId, topic: applicationTopic, kind, subjectId });

/** The database counts: of fifty for the last place one has it. @throws WindowLinkEnded, WindowLinkFull */
async function takePlace(use: UseCase, link: LinkNow): Promise<void> {
  const taken = await use
    .on(windowLinks)
    .updateTable('window_links')
    .set((of) => ({ applications: of('applications', '+', 1) }))
    .where('id', '=', link.linkId)
    .where('revoked_at', 'is', null)
    .where((of) => of.or([of('expires_at', 'is', null), of('expires_at', '>', use.now)]))
    .where((of) => of.or([of('max_applications', 'is', null), of('applications', '<', of.ref('max_applications'))]))
    .returning('id')
    .executeTakeFirst();
  if (!taken) refuseClosed((await linkNow(use, link)).state);
}

const givePlaceBack = (use: UseCase, { linkId }: LinkNow): Promise<unknown> =>
  use
    .on(windowLinks)
    .updateTable('window_links')
    .set((of) => ({ applications: of('applications', '-', 1) }))
    .where('id', '=', linkId)
    .execute();
