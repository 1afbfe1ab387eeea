import { encodeGlobalId, type FieldSpec, input, publicRule, type SchemaDoor } from '../../sdk/index.ts';
import { endSessions, listSessions, type OwnSession } from './own-session.service.ts';
import { accountSelf } from './permissions.ts';
import { type SeatSummary, summaries } from './seat-summary.graphql.ts';
import { doorOf, ownSession, type SignInContext } from './sign-in.context.ts';

interface ListedSession extends Pick<OwnSession, 'createdAt' | 'lastUsedAt'> {
  readonly id: string;
  readonly current: boolean;
  readonly seat: SeatSummary | null;
}

/** Listing the sessions of one's account, and ending them, one or all (spec 2.1). */
export function declareSessions(door: SchemaDoor): void {
  declareSessionType(door);
  door.query((t) => ({
    sessions: t.plain('[Session]', {
      description: 'The open sessions of the account that is signed in, the newest first, at most 100.',
      rule: accountSelf,
      resolve: (_: unknown, _args: unknown, context: SignInContext) => listed(context),
    }),
  }));
  door.mutation('signOut', {
    description: 'Ends the session of the token that asks.',
    rule: accountSelf,
    outside: true,
    input: {},
    success: (t) => ({ signedOut: t.plain('Boolean', told('signedOut', 'Whether the session was open until now.')) }),
    run: async (context: SignInContext) => {
      const own = ownSession(context);
      return { signedOut: (await endSessions(doorOf(context), own, [own], context.now)) === 1 };
    },
  });
  door.mutation('endSessions', {
    description: 'Ends sessions of the account that is signed in: those named, or all of them, the one that asks too.',
    rule: accountSelf,
    outside: true,
    input: { sessionIds: input.optional(input.ids('Session', 'Ids from `sessions`. Without it, all.', { most: 100, least: 1 })) },
    success: (t) => ({ endedCount: t.plain('Int', told('endedCount', 'How many sessions were open until now.')) }),
    run: async (context: SignInContext, { sessionIds }) => ({
      endedCount: await endSessions(doorOf(context), ownSession(context), sessionIds, context.now),
    }),
  });
}

function declareSessionType(door: SchemaDoor): void {
  const { root } = door;
  door.object('Session', 'One signing in, on one device, and the seat that it acts as.', {
    id: root.plain('ID', told('id', 'Id for `endSessions`.')),
    current: root.plain('Boolean', told('current', 'Whether it is the session that asks.')),
    createdAt: root.plain('DateTime', told('createdAt', 'When it was opened.')),
    lastUsedAt: root.plain('DateTime', told('lastUsedAt', 'When it was last used, give or take a minute.')),
    seat: root.plain('SeatSummary', { ...told('seat', 'The seat that it acts as; null for one without a seat.'), nullable: true }),
  });
}

const told = (property: keyof ListedSession | 'signedOut' | 'endedCount', description: string): ToldOptions => ({
  description,
  rule: publicRule,
  nullable: false,
  resolve: (source) => source[property],
});
interface ToldOptions extends Pick<FieldSpec, 'description' | 'rule' | 'nullable'> {
  resolve(source: Readonly<Record<string, unknown>>): unknown;
}

async function listed(context: SignInContext): Promise<ListedSession[]> {
  const own = ownSession(context);
  const sessions = await listSessions(doorOf(context), own, context.now);
  const seated = sessions.filter(({ seat }) => seat !== undefined);
  const seats = await summaries(
    context,
    seated.map(({ seat }) => seat!),
  );
  const seatOf = new Map(seated.map(({ sessionId }, i) => [sessionId, seats[i]!]));
  return sessions.map(({ sessionId, createdAt, lastUsedAt }) => ({
    id: encodeGlobalId('Session', sessionId),
    current: sessionId === own,
    createdAt,
    lastUsedAt,
    seat: seatOf.get(sessionId) ?? null,
  }));
}
