import { encodeGlobalId, type GuichetBuilder, input, publicRule } from '../../sdk/index.ts';
import { endSessions, listSessions } from './own-session.service.ts';
import { accountSelf } from './permissions.ts';
import { SeatSummary, summaries } from './seat-summary.graphql.ts';
import { doorOf, ownSession, type SignInContext, signInOf } from './sign-in.context.ts';

class ListedSession {
  declare readonly id: string;
  declare readonly current: boolean;
  declare readonly createdAt: Date;
  declare readonly lastUsedAt: Date;
  declare readonly seat: SeatSummary | null;
}
const rule = publicRule;

/** Listing the sessions of one's account, and ending them, one or all (spec 2.1). */
export function sessionTypes(builder: GuichetBuilder): void {
  declareSession(builder);
  builder.queryField('sessions', (t) =>
    t.field({
      type: [ListedSession],
      nullable: true,
      description:
        'The open sessions of the account that is signed in, the newest first, at most 100. Not those that signed in after your number was given seats which this session does not reach.',
      rule: accountSelf,
      resolve: (_, __, context) => signInOf(context).loader('accounts.sessions', () => listed(signInOf(context))),
    }),
  );
  builder.outsideMutation('signOut', {
    description: 'Ends the session of the token that asks.',
    rule: accountSelf,
    run: async (request) => {
      const context = signInOf(request);
      const own = ownSession(context);
      return { signedOut: (await endSessions(doorOf(context), own, [own], context.now)) === 1 };
    },
    success: (t) => ({ signedOut: t.exposeBoolean('signedOut', { description: 'Whether the session was open until now.', rule }) }),
  });
  const ids = input.ids('Session', 'Ids from `sessions`. Without it, all.', { most: 100, least: 1 });
  builder.outsideMutation('endSessions', {
    description: 'Ends sessions of the account that is signed in: those named, or all that `sessions` lists, the one that asks too.',
    rule: accountSelf,
    input: (t) => ({ sessionIds: t.parsed(ids, { required: false }) }),
    run: async (request, { sessionIds }) => {
      const context = signInOf(request);
      return { endedCount: await endSessions(doorOf(context), ownSession(context), sessionIds, context.now) };
    },
    success: (t) => ({ endedCount: t.exposeInt('endedCount', { description: 'How many sessions were open until now.', rule }) }),
  });
}

function declareSession(builder: GuichetBuilder): void {
  builder.objectType(ListedSession, {
    name: 'Session',
    description: 'One signing in, on one device, and the seat that it acts as.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Id for `endSessions`.', rule }),
      current: t.exposeBoolean('current', { description: 'Whether it is the session that asks.', rule }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was opened.', rule }),
      lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', description: 'When it was last used, give or take a minute.', rule }),
      seat: t.expose('seat', {
        type: SeatSummary,
        nullable: true,
        description: 'The seat that it acts as; null for one without a seat.',
        rule,
      }),
    }),
  });
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
