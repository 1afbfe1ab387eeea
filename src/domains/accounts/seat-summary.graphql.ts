import { encodeGlobalId, type FieldSpec, publicRule, type SchemaDoor } from '../../sdk/index.ts';
import { seatsOfSession } from './account-seat.service.ts';
import { type SeatEntry, seatNames } from './identity.door.ts';
import { accountSelf } from './permissions.ts';
import { doorOf, ownSession, type SignInContext } from './sign-in.context.ts';

export interface SeatSummary {
  readonly id: string;
  readonly kind: SeatEntry['kind'];
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
}

/** An account's seats lie in several organizations, so no statement of one organization can read them: these few words are all there is. */
export function declareSeatSummary(door: SchemaDoor): void {
  const word = (type: string, property: string, description: string): FieldSpec =>
    door.root.plain(type, {
      description,
      rule: publicRule,
      nullable: false,
      resolve: (source: Readonly<Record<string, unknown>>) => source[property],
    });
  door.enum('SeatKind', 'What somebody acts as in an organization.', {
    EMPLOYEE: 'One of its employees.',
    CONTACT: 'One of its contacts: a person outside it.',
  });
  door.object('OrganizationSummary', 'The organization of one of an account’s seats, in a few words.', {
    id: word('ID', 'id', 'Global id of the Organization.'),
    name: word('String', 'name', 'Name of the organization.'),
  });
  door.object('SeatSummary', 'One of an account’s seats, in a few words; a token of that seat reads the rest.', {
    id: word('ID', 'id', 'Global id of the Employee or Contact; the id that `viewer` has with a token of this seat.'),
    kind: word('SeatKind', 'kind', 'Whether it is an employee’s or a contact’s seat.'),
    name: word('String', 'name', 'Name that the seat has in its organization.'),
    organization: word('OrganizationSummary', 'organization', 'Organization that the seat is in.'),
  });
  door.query((t) => ({
    seats: t.plain('[SeatSummary]', {
      description: 'The seats of the account that is signed in, the oldest first; `switchSeat` gives a token for one of them.',
      rule: accountSelf,
      resolve: (_: unknown, _args: unknown, context: SignInContext) => summariesOfSession(context, ownSession(context)),
    }),
  }));
}

/** All seats that a session can switch to, in words. */
export const summariesOfSession = async (context: SignInContext, sessionId: string): Promise<SeatSummary[]> =>
  summaries(context, await seatsOfSession(doorOf(context).pool, sessionId));

/** Puts seats in words, in their order. */
export async function summaries({ switchboard }: SignInContext, seats: readonly SeatEntry[]): Promise<SeatSummary[]> {
  if (seats.length === 0) return [];
  const names = await switchboard.service(seatNames).names(seats);
  return seats.map(({ organizationId, seatId, kind }, i) => ({
    id: encodeGlobalId(kind === 'EMPLOYEE' ? 'Employee' : 'Contact', seatId),
    kind,
    name: names[i]!.name,
    organization: { id: encodeGlobalId('Organization', organizationId), name: names[i]!.organizationName },
  }));
}
