import { encodeGlobalId, type GuichetBuilder, publicRule } from '../../sdk/index.ts';
import { seatsOfSession } from './account-seat.service.ts';
import { type SeatEntry, seatNames } from './identity.door.ts';
import { accountSelf } from './permissions.ts';
import { doorOf, ownSession, type SignInContext, signInOf } from './sign-in.context.ts';

const rule = publicRule;

/** The organization of one of an account’s seats, in a few words. */
class OrganizationSummary {
  declare readonly id: string;
  declare readonly name: string;
}
/** An account's seats lie in several organizations, so no statement of one organization can read them: these few words are all there is. */
export class SeatSummary {
  declare readonly id: string;
  declare readonly kind: SeatEntry['kind'];
  declare readonly name: string;
  declare readonly organization: OrganizationSummary;
}

export function seatSummaryTypes(builder: GuichetBuilder): void {
  const SeatKind = builder.enumType('SeatKind', {
    description: 'What somebody acts as in an organization.',
    values: {
      EMPLOYEE: { description: 'One of its employees.' },
      CONTACT: { description: 'One of its contacts: a person outside it.' },
    } as const,
  });
  builder.objectType(OrganizationSummary, {
    name: 'OrganizationSummary',
    description: 'The organization of one of an account’s seats, in a few words.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Global id of the Organization.', rule }),
      name: t.exposeString('name', { description: 'Name of the organization.', rule }),
    }),
  });
  builder.objectType(SeatSummary, {
    name: 'SeatSummary',
    description: 'One of an account’s seats, in a few words; a token of that seat reads the rest.',
    fields: (t) => ({
      id: t.exposeID('id', {
        description: 'Global id of the Employee or Contact; the id that `viewer` has with a token of this seat.',
        rule,
      }),
      kind: t.expose('kind', { type: SeatKind, description: 'Whether it is an employee’s or a contact’s seat.', rule }),
      name: t.exposeString('name', { description: 'Name that the seat has in its organization.', rule }),
      organization: t.expose('organization', { type: OrganizationSummary, description: 'Organization that the seat is in.', rule }),
    }),
  });
  builder.queryField('seats', (t) =>
    t.field({
      type: [SeatSummary],
      nullable: true,
      description:
        'The seats that your number had when you signed in with it, the oldest first; `switchSeat` gives a token for one of them. Those that it was given since are reached by signing in anew.',
      rule: accountSelf,
      resolve: (_, __, context) =>
        signInOf(context).loader('accounts.seats', () => summariesOfSession(signInOf(context), ownSession(signInOf(context)))),
    }),
  );
}

/** All seats that a session can switch to, in words. */
export const summariesOfSession = async (context: SignInContext, sessionId: string): Promise<SeatSummary[]> =>
  summaries(context, await seatsOfSession(doorOf(context).pool, sessionId, doorOf(context).settings.demo));

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
