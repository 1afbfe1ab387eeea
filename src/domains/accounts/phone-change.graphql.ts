import { type GuichetBuilder, input, publicRule } from '../../sdk/index.ts';
import { phoneOfSeveral, signInRefused } from './errors.ts';
import { phoneTelling, type SeatEntry } from './identity.door.ts';
import { accountSelf } from './permissions.ts';
import { type PhoneChange, SeveralPeopleError } from './person-moving.service.ts';
import { changePhone, requestPhoneChangeCode } from './phone-change.service.ts';
import { SeatSummary, summaries, summariesOfSession } from './seat-summary.graphql.ts';
import { doorOf, ownSession, type SignInContext, signInOf } from './sign-in.context.ts';
import { mobileOf, seatInput } from './sign-in.input.ts';
import { readCode } from './sign-in-code.rules.ts';

const rule = publicRule;

/** A person's own phone changes: the session says whose, a code sent to the new number says that it is theirs (spec 3.7). */
export function phoneChangeMutations(builder: GuichetBuilder): void {
  builder.outsideMutation('requestPhoneChangeCode', {
    description: 'Sends a code to the number that is to be yours. The answer is the same whether or not somebody has this number.',
    rule: accountSelf,
    input: (t) => ({ phone: t.phoneNumber({ description: 'The new mobile number; without a country code it is read as Chinese.' }) }),
    run: async (request, { phone }) => {
      const context = signInOf(request);
      const { address, language, now } = context;
      const asking = { sessionId: ownSession(context), phone: mobileOf(phone), address, language };
      const { expiresAt } = await requestPhoneChangeCode(doorOf(context), asking, now);
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
  builder.outsideMutation('changeMyPhone', {
    description:
      'Makes a number yours that you prove by the code sent to it: your account, and you as a contact or employee of every organization. Sessions, forms and shares stay.',
    rule: accountSelf,
    input: (t) => ({
      phone: t.phoneNumber({ description: 'The number that the code was sent to.' }),
      code: t.text({ description: 'The six digits from `requestPhoneChangeCode`; they can be tried five times.', max: 40 }),
      seatIds: t.parsed(
        input.listOf(
          seatInput('A seat that goes along: an id from `seats`.'),
          'The seats that go along, the one that you act as among them; all others stay with the former number. Without it all go, where nobody else is at your number and it was given none since you signed in with it.',
          { least: 1 },
        ),
        { required: false },
      ),
    }),
    refusals: [signInRefused, phoneOfSeveral],
    run: async (request, { phone, code, seatIds: named }) => {
      const context = signInOf(request);
      const sessionId = ownSession(context);
      const e164 = mobileOf(phone);
      const change = await changePhone(doorOf(context), { sessionId, phone: e164, code: readCode(code), named }, context.now).catch(
        refuseUnnamed(context),
      );
      return { phone: e164, sessionId, staying: change.staying, ...(await told(context, change)) };
    },
    success: (t) => ({
      phone: t.expose('phone', { type: 'PhoneNumber', description: 'Your number from now on, E.164.', rule }),
      seats: t.field({
        type: [SeatSummary],
        nullable: true,
        description:
          'All seats that you reach, the oldest first. Those that the number had before are among them, and stay with it when you go on to another.',
        rule,
        resolve: ({ sessionId }, _, context) => summariesOfSession(signInOf(context), sessionId),
      }),
      conflicts: t.field({
        type: [SeatSummary],
        nullable: true,
        description:
          'Seats whose organization goes on with the former number, because somebody else there has the new one: its admins decide. You reach them as before. Also those about which nobody has decided yet, where the number was yours already.',
        rule,
        resolve: ({ conflicts }, _, context) => summaries(signInOf(context), conflicts),
      }),
      staying: t.field({
        type: [SeatSummary],
        nullable: true,
        description:
          'Seats that stay with the former number, because you have not named them: whoever proves that number reaches them, and you no longer.',
        rule,
        resolve: ({ staying }, _, context) => summaries(signInOf(context), staying),
      }),
      following: t.field({
        type: [SeatSummary],
        nullable: true,
        description: 'Seats whose organization could not be told at this moment: it follows within minutes, or has a conflict then.',
        rule,
        resolve: ({ following }, _, context) => summaries(signInOf(context), following),
      }),
    }),
  });
}

const refuseUnnamed =
  (context: SignInContext) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof SeveralPeopleError)) throw error;
    const { going, unclaimed, others } = error.seats;
    const told = await Promise.all([going, unclaimed, others].map((seats) => summaries(context, seats)));
    throw phoneOfSeveral({ going: told[0]!, unclaimed: told[1]!, others: told[2]! }, ['input', 'seatIds']);
  };

/** The number is changed by now: an organization that cannot follow at this moment follows later (`tellOrganizations`). */
async function told(
  { switchboard }: SignInContext,
  { changeId, seats }: PhoneChange,
): Promise<Record<'conflicts' | 'following', SeatEntry[]>> {
  const telling = switchboard.service(phoneTelling);
  const conflicts: SeatEntry[] = [];
  const following: SeatEntry[] = [];
  const tell = async (organizationId: string, of: readonly SeatEntry[]): Promise<void> => {
    try {
      conflicts.push(...(await telling.tell({ changeId, organizationId }, of)));
    } catch {
      following.push(...of);
    }
  };
  await Promise.all([...Map.groupBy(seats, ({ organizationId }) => organizationId)].map(([id, of]) => tell(id, of)));
  return { conflicts, following };
}
