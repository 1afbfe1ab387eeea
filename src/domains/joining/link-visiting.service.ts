import { type Language, notFound, rateLimited, type UseCase, windowSuspended } from '../../sdk/index.ts';
import { callerOf } from '../accounts/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindows } from '../service-window/index.ts';
import { CallerTally } from './caller-tally.ts';
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

/** What addresses did in the last hour: came with codes that nobody gave out, opened pages. */
const tallies = new WeakMap<JoinDoor, { readonly unknown: CallerTally; readonly visits: CallerTally }>();
function tallied(door: JoinDoor, what: 'unknown' | 'visits', { address }: Visitor): number | undefined {
  const known = tallies.get(door) ?? { unknown: new CallerTally(WINDOWS.hour), visits: new CallerTally(WINDOWS.hour) };
  tallies.set(door, known);
  const most = what === 'unknown' ? door.limits.unknownPerAddress : door.limits.perAddress;
  return known[what].full(callerOf(address), most, door.now().getTime());
}

/**
 * Of which organization a code is. A good code is good, whatever else comes from its address: nobody guesses one, so what is refused past the
 * limit are questions for codes that there are none of.
 * @returns undefined for none. @throws RATE_LIMITED past so many codes that were never given out
 */
async function linkOf(door: JoinDoor, code: string, visitor: Visitor): Promise<FoundLink | undefined> {
  const found = await findLink(door.identity, code);
  if (found) return found;
  const waits = tallied(door, 'unknown', visitor);
  if (waits === undefined) return undefined;
  throw rateLimited(
    { en: 'Too many addresses were tried. Try again later.', 'zh-CN': '尝试次数过多，请稍后再试。' },
    Math.ceil(waits / 1000),
  );
}

/** Somebody opens the page of a link: a visit is counted. @returns undefined for a code that was never given out. @throws RATE_LIMITED */
export async function visitLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow | undefined> {
  const found = await linkOf(door, code, visitor);
  if (!found) return undefined;
  const counts = tallied(door, 'visits', visitor) === undefined; // whoever loads it without end is no visitor, and keeps nobody waiting
  return door.act(found.organizationId, visitor.language, async (use) => {
    if (counts) await countVisit(use, found);
    return linkNow(use, found);
  });
}
const countVisit = (use: UseCase, { linkId }: FoundLink): Promise<unknown> =>
  use
    .on(windowLinks)
    .updateTable('window_links')
    .set((of) => ({ visits: of('visits', '+', 1) }))
    .where('id', '=', linkId)
    .execute();

/** A link as it is, without a visit. @returns undefined for a code that was never given out. @throws RATE_LIMITED */
export async function lookAtLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow | undefined> {
  const found = await linkOf(door, code, visitor);
  return found && door.act(found.organizationId, visitor.language, (use) => linkNow(use, found));
}

/**
 * The link by which somebody applies. One that is full goes through: whoever holds a place at it may change what they have sent.
 * @throws NotFound, WindowLinkEnded, WindowSuspended, RATE_LIMITED
 */
export async function openLink(door: JoinDoor, code: string, visitor: Visitor): Promise<LinkNow> {
  const link = await lookAtLink(door, code, visitor);
  if (!link) throw notFound({}, ['input', 'code']);
  if (link.state !== 'FULL') refuseClosed(link.state);
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
    .select(['link.revoked_at', 'link.expires_at', 'link.max_applications', 'link.places_taken'])
    .select(['of.name', 'of.certification', 'of.country', 'window.welcome'])
    .where('link.id', '=', found.linkId)
    .executeTakeFirstOrThrow();
  const facts = {
    revokedAt: row.revoked_at,
    expiresAt: row.expires_at,
    maxApplications: row.max_applications,
    placesTaken: row.places_taken,
    serves: row.certification === 'ADVANCED',
  };
  return { ...found, state: linkState(facts, use.now), organizationName: row.name, welcome: row.welcome, country: row.country };
}
