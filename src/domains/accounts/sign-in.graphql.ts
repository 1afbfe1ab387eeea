import { type GuichetBuilder, type PayloadFields, publicRule } from '../../sdk/index.ts';
import { signInRefused } from './errors.ts';
import type { SeatEntry } from './identity.door.ts';
import { accountSelf } from './permissions.ts';
import { SeatSummary, summaries, summariesOfSession } from './seat-summary.graphql.ts';
import type { OpenedSession } from './session.service.ts';
import { doorOf, ownSession, signInOf } from './sign-in.context.ts';
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
const outcomeOf = ({ token, sessionId, seat }: OpenedSession): Opened => ({ token, sessionId, opened: seat ? [seat] : [] });
const rule = publicRule;

/** Asking for a code, signing in with it, and switching to another seat. */
export function signInMutations(builder: GuichetBuilder): void {
  declareRequestSignInCode(builder);
  declareSignIn(builder);
  declareSwitchSeat(builder);
}

function declareRequestSignInCode(builder: GuichetBuilder): void {
  builder.outsideMutation('requestSignInCode', {
    description: 'Sends a code of six digits to a mobile phone. The answer is the same whether or not somebody has this number.',
    rule,
    input: (t) => ({ phone: t.phoneNumber({ description: 'Mobile number; without a country code it is read as Chinese.' }) }),
    run: async (request, { phone }) => {
      const context = signInOf(request);
      const { address, language, now } = context;
      const { expiresAt } = await requestSignInCode(doorOf(context), { phone: mobileOf(phone), address, language }, now);
      return { expiresAt: expiresAt.toISOString() };
    },
    success: (t) => ({
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'Until when the code is good; an earlier one no longer is.',
        rule,
      }),
    }),
  });
}

function declareSignIn(builder: GuichetBuilder): void {
  builder.outsideMutation('signIn', {
    description: 'Opens a session with a code that was sent to a phone. A phone that nobody knew gets an account without a seat.',
    rule,
    input: (t) => ({
      phone: t.phoneNumber({ description: 'The number that the code was sent to.' }),
      code: t.text({ description: 'The six digits. A code opens one session and can be tried five times.', max: 40 }),
      seatId: t.parsed(seatInput('The seat to act as: an id from `seats`. Without it, the one used last, else the oldest.'), {
        required: false,
      }),
    }),
    refusals: [signInRefused],
    run: async (request, { phone, code, seatId }) => {
      const context = signInOf(request);
      const { address, now } = context;
      return outcomeOf(await signIn(doorOf(context), { phone: mobileOf(phone), code: readCode(code), address, seat: seatId }, now));
    },
    success: sessionFields,
  });
}

function declareSwitchSeat(builder: GuichetBuilder): void {
  builder.outsideMutation('switchSeat', {
    description: 'Opens a session of another seat of the same account. The token that asks stays good.',
    rule: accountSelf,
    input: (t) => ({ seatId: t.parsed(seatInput('The seat to act as: an id from `seats`.')) }),
    run: async (request, { seatId }) => {
      const context = signInOf(request);
      return outcomeOf(await switchSeat(doorOf(context), ownSession(context), seatId, context.now));
    },
    success: sessionFields,
  });
}

const sessionFields = (t: PayloadFields<Opened>) => ({
  token: t.exposeString('token', { description: 'Send it as `Authorization: Bearer <token>`. It is shown this once.', rule }),
  seat: t.field({
    type: SeatSummary,
    nullable: true,
    description: 'The seat that the token is for; null where the account has none. Such a token lists seats, switches and signs out.',
    rule,
    resolve: async ({ opened }, _, context) => (await summaries(signInOf(context), opened))[0] ?? null,
  }),
  seats: t.field({
    type: [SeatSummary],
    nullable: true,
    description: 'All seats of the account, the oldest first.',
    rule,
    resolve: ({ sessionId }, _, context) => summariesOfSession(signInOf(context), sessionId),
  }),
});
