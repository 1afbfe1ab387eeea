import { type FieldSpec, type FieldSpecs, input, type Outcome, publicRule, type SchemaDoor } from '../../sdk/index.ts';
import { signInRefused } from './errors.ts';
import type { SeatEntry } from './identity.door.ts';
import { accountSelf } from './permissions.ts';
import { summaries, summariesOfSession } from './seat-summary.graphql.ts';
import type { OpenedSession } from './session.service.ts';
import { doorOf, ownSession, type SignInContext } from './sign-in.context.ts';
import { mobileOf, seatInput } from './sign-in.input.ts';
import { signIn, switchSeat } from './sign-in.service.ts';
import { readCode } from './sign-in-code.rules.ts';
import { requestSignInCode } from './sign-in-code.service.ts';

/** What the payloads of `signIn` and `switchSeat` are read from. */
interface Opened {
  readonly token: string;
  readonly sessionId: string;
  readonly opened: readonly SeatEntry[];
}
const outcomeOf = ({ token, sessionId, seat }: OpenedSession): Outcome & Opened => ({ token, sessionId, opened: seat ? [seat] : [] });

type Root = SchemaDoor['root'];

/** Asking for a code, signing in with it, and switching to another seat. */
export function declareSignIn(door: SchemaDoor): void {
  declareRequestSignInCode(door);
  declareSignInMutation(door);
  declareSwitchSeat(door);
}

function declareRequestSignInCode(door: SchemaDoor): void {
  door.mutation('requestSignInCode', {
    description: 'Sends a code of six digits to a mobile phone. The answer is the same whether or not somebody has this number.',
    rule: publicRule,
    outside: true,
    input: { phone: input.phoneNumber('Mobile number; without a country code it is read as Chinese.') },
    success: (t) => ({ expiresAt: told(t, 'DateTime', 'expiresAt', 'Until when the code is good; an earlier one no longer is.') }),
    run: async (context: SignInContext, { phone }) => {
      const { address, language, now } = context;
      const { expiresAt } = await requestSignInCode(doorOf(context), { phone: mobileOf(phone), address, language }, now);
      return { expiresAt: expiresAt.toISOString() };
    },
  });
}

function declareSignInMutation(door: SchemaDoor): void {
  door.mutation('signIn', {
    description: 'Opens a session with a code that was sent to a phone. A phone that nobody knew gets an account without a seat.',
    rule: publicRule,
    outside: true,
    input: {
      phone: input.phoneNumber('The number that the code was sent to.'),
      code: input.text('The six digits. A code opens one session and can be tried five times.', { max: 40 }),
      seatId: input.optional(seatInput('The seat to act as: an id from `seats`. Without it, the one used last, else the oldest.')),
    },
    success: sessionFields,
    refusals: [signInRefused],
    run: async (context: SignInContext, { phone, code, seatId }) =>
      outcomeOf(await signIn(doorOf(context), { phone: mobileOf(phone), code: readCode(code), seat: seatId }, context.now)),
  });
}

function declareSwitchSeat(door: SchemaDoor): void {
  door.mutation('switchSeat', {
    description: 'Opens a session of another seat of the same account. The token that asks stays good.',
    rule: accountSelf,
    outside: true,
    input: { seatId: seatInput('The seat to act as: an id from `seats`.') },
    success: sessionFields,
    run: async (context: SignInContext, { seatId }) =>
      outcomeOf(await switchSeat(doorOf(context), ownSession(context), seatId, context.now)),
  });
}

const sessionFields = (t: Root): FieldSpecs => ({
  token: told(t, 'String', 'token', 'Send it as `Authorization: Bearer <token>`. It is shown this once.'),
  seat: t.plain('SeatSummary', {
    description: 'The seat that the token is for; null where the account has none. Such a token lists seats, switches and signs out.',
    rule: publicRule,
    resolve: async ({ opened }: Opened, _args: unknown, context: SignInContext) => (await summaries(context, opened))[0] ?? null,
  }),
  seats: t.plain('[SeatSummary]', {
    description: 'All seats of the account, the oldest first.',
    rule: publicRule,
    resolve: ({ sessionId }: Opened, _args: unknown, context: SignInContext) => summariesOfSession(context, sessionId),
  }),
});

const told = (t: Root, type: string, property: string, description: string): FieldSpec =>
  t.plain(type, {
    description,
    rule: publicRule,
    nullable: false,
    resolve: (source: Readonly<Record<string, unknown>>) => source[property],
  });
