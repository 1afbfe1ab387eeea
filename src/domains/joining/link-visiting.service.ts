import { type Language, notFound, rateLimited, type UseCase, windowSuspended } from '../../sdk/index.ts';
import { callerOf } from '../accounts/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindows } from '../service-window/index.ts';
import { type JoinDoor, WINDOWS } from './join.door.ts';
import { windowLinkEnded, windowLinkFull } from './joining.errors.ts';
import { type FoundLink, findLink } from './link-index.service.ts';
import { type LinkState, linkState } from './link-state.rules.ts';
import { windowLinks } from './window-link.entity.ts';

/** Who comes with a link. */
export interface Visitor {
  readonly address: string;
  readonly language: Language;
}
/** What the page of a link is made of. */
export interface LinkNow extends FoundLink {
  readonly state: LinkState;
  readonly organizationName: string;
  readonly welcome: string | null;
  /** ISO 3166: numbers without a country code are read as of this country. */
  readonly country: string;
}

/** How often each address has come with codes that nobody gave out. */
const strangers = new WeakMap<JoinDoor, Map<string, number[]>>();
const MOST_REMEMBERED = 10_000;

/** @throws RATE_LIMITED past so many codes that were never given out: whoever guesses is told nothing any more, of good ones either */
function refuseGuesser(door: JoinDoor, address: string, isUnknown: boolean): void {
  const known = strangers.get(door) ?? new Map<string, number[]>();
  strangers.set(door, known);
  const caller = callerOf(address);
  const now = door.now().getTime();
  const lately = (known.get(caller) ?? []).filter((at) => now - at < WINDOWS.hour);
  if (lately.length >= door.limits.unknownPerAddress)
    throw rateLimited(
      { en: 'Too many addresses were tried. Try again later.', 'zh-CN': '尝试次数过多，请稍后再试。' },
      Math.ceil((lately[0]! + WINDOWS.hour - now) / 1000),
    );
  known.delete(caller); // who has not come for longest stands first
  if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value!);
  if (isUnknown || lately.length) known.set(caller, isUnknown ? [...lately, now] : lately);
}

/** Of which organization a code is. @returns undefined for none. @throws RATE_LIMITED */
async function linkOf(door: JoinDoor, code: string, { address }: Visitor): Promise<FoundLink | undefined> {
  refuseGuesser(door, address, false);
  const found = await findLink(door.identity, code);
  if (!found) refuseGuesser(door, address, true);
  return found;
}

/** Somebody opens the page of a link: a visit is counted. @returns undefined for a code that was never given out. @throws RATE_LIMITED */
export async function visitLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow | undefined> {
  const found = await linkOf(door, code, visitor);
  if (!found) return undefined;
  return door.act(found.organizationId, visitor.language, async (use) => {
    await use
      .on(windowLinks)
      .updateTable('window_links')
      .set((of) => ({ visits: of('visits', '+', 1) }))
      .where('id', '=', found.linkId)
      .execute();
    return linkNow(use, found);
  });
}

/** A link as it is, without a visit. @returns undefined for a code that was never given out. @throws RATE_LIMITED */
export async function lookAtLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow | undefined> {
  const found = await linkOf(door, code, visitor);
  return found && door.act(found.organizationId, visitor.language, (use) => linkNow(use, found));
}

/** The link by which somebody applies. @throws NotFound, WindowLinkEnded, WindowSuspended, WindowLinkFull, RATE_LIMITED */
export async function openLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow> {
  const link = await lookAtLink(door, code, visitor);
  if (!link) throw notFound({}, ['input', 'code']);
  refuseClosed(link.state);
  return link;
}

export function refuseClosed(state: LinkState): void {
  const path = ['input', 'code'];
  if (state === 'ENDED') throw windowLinkEnded({}, path);
  if (state === 'SUSPENDED') throw windowSuspended({}, path);
  if (state === 'FULL') throw windowLinkFull({}, path);
}

/** A link is there as long as its organization has a window, which is never closed. */
export async function linkNow(use: UseCase, found: FoundLink): Promise<LinkNow> {
  const row = await use
    .on(windowLinks, organizations, serviceWindows)
    .selectFrom('window_links as link')
    .innerJoin('organizations as of', 'of.organization_id', 'link.organization_id')
    .innerJoin('service_windows as window', 'window.organization_id', 'link.organization_id')
    .select(['link.revoked_at', 'link.expires_at', 'link.max_applications', 'link.applications'])
    .select(['of.name', 'of.certification', 'of.country', 'window.welcome'])
    .where('link.id', '=', found.linkId)
    .executeTakeFirstOrThrow();
  const facts = {
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    maxApplications: row.max_applications,
    applications: row.applications,
    serves: row.certification === 'ADVANCED',
  };
  return { ...found, state: linkState(facts, use.now), organizationName: row.name, welcome: row.welcome, country: row.country };
}
