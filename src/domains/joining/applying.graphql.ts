import {
  type FieldContext,
  type GuichetBuilder,
  type Language,
  notFound,
  publicRule,
  type Switchboard,
  windowSuspended,
  words,
} from '../../sdk/index.ts';
import { phoneOfSession, type SeatEntry, seatNames } from '../accounts/index.ts';
import { type Applicant, applyToWindow, MOST } from './applying.service.ts';
import { type JoinDoor, joinDoor } from './join.door.ts';
import { verificationCodeRefused, windowLinkEnded, windowLinkFull } from './joining.errors.ts';
import { openLink, visitLink } from './link-visiting.service.ts';
import { mobileAt, sendJoinCode } from './phone-proving.service.ts';

const rule = publicRule;

const WindowLinkState = words('WindowLinkState', 'What somebody with a link finds. More words may come: have a default branch.', {
  OPEN: 'They can apply.',
  ENDED: 'It was taken back, or its time is over.',
  FULL: 'As many have applied as may.',
  SUSPENDED: 'The window is suspended for now.',
});

/** A request of somebody who may have no seat. */
interface PublicContext {
  readonly signedIn: { readonly sessionId: string } | undefined;
  readonly seat: { readonly id: string; readonly organizationId: string; readonly kind: SeatEntry['kind'] } | undefined;
  readonly address: string;
  readonly language: Language;
  readonly switchboard: Switchboard;
}
const asked = (context: FieldContext): PublicContext => context as unknown as PublicContext;
const doorOf = ({ switchboard }: PublicContext): JoinDoor => switchboard.service(joinDoor);

/** Whoever is signed in is known by name, and their phone is proven. */
async function accountOf({ signedIn, seat, switchboard }: PublicContext): Promise<Applicant | undefined> {
  const found = signedIn?.sessionId
    ? await phoneOfSession(doorOf({ switchboard } as PublicContext).identity, signedIn.sessionId)
    : undefined;
  if (!found) return undefined;
  const entry = seat && { organizationId: seat.organizationId, seatId: seat.id, kind: seat.kind };
  const [named] = entry ? await switchboard.service(seatNames).names([entry]) : [];
  return { ...found, name: named?.name };
}

/** What anybody may ask who has a link, signed in or not (spec 5.6). */
export function applyingTypes(builder: GuichetBuilder): void {
  builder.words(WindowLinkState);
  const Page = builder
    .objectRef<{
      readonly state: 'OPEN' | 'ENDED' | 'FULL' | 'SUSPENDED';
      readonly organizationName: string | null;
      readonly welcome: string | null;
    }>('WindowLinkPage')
    .implement({
      description: 'What the page of a link shows.',
      fields: (t) => ({
        state: t.field({ type: WindowLinkState, description: 'What is to be found.', rule, resolve: ({ state }) => state }),
        organizationName: t.exposeString('organizationName', {
          nullable: true,
          description: 'Whose window it is; null where nobody can apply.',
          rule,
        }),
        welcome: t.exposeString('welcome', {
          nullable: true,
          description: 'What contacts are greeted with; null where nobody can apply.',
          rule,
        }),
      }),
    });
  builder.queryField('windowLink', (t) =>
    t.field({
      type: Page,
      nullable: true,
      description: 'What somebody finds who has a link’s code; null for a code that was never given out. It counts as a visit.',
      rule,
      args: { code: t.arg.string({ required: true, description: 'The code, from the link’s address.' }) },
      resolve: async (_, { code }, context) => {
        const link = await visitLink(doorOf(asked(context)), code, asked(context));
        if (!link) return null;
        const isOpen = link.state === 'OPEN';
        return { state: link.state, organizationName: isOpen ? link.organizationName : null, welcome: isOpen ? link.welcome : null };
      },
    }),
  );
  declareCode(builder);
  declareApplying(builder);
}

const CLOSED = [notFound, windowLinkEnded, windowLinkFull, windowSuspended];

function declareCode(builder: GuichetBuilder): void {
  builder.outsideMutation('requestJoinCode', {
    description:
      'Sends a code to the phone of somebody who is about to apply. The answer is the same whether or not somebody has this number.',
    rule,
    input: (t) => ({
      code: t.text({ description: 'The code of the link.', max: MOST.code }),
      phone: t.phoneNumber({ description: 'A mobile number; without a country code it is read as of the organization’s country.' }),
    }),
    refusals: CLOSED,
    run: async (request, { code, phone }) => {
      const context = asked(request);
      const door = doorOf(context);
      const link = await openLink(door, code, context);
      const { expiresAt } = await sendJoinCode(door, link, mobileAt(link, phone), context);
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

function declareApplying(builder: GuichetBuilder): void {
  builder.outsideMutation('applyToWindow', {
    description:
      'Asks to be let in at the window of a link. Signed in, the code of the link is enough. The answer is the same whether or not somebody has this number.',
    rule,
    input: (t) => ({
      code: t.text({ description: 'The code of the link.', max: MOST.code }),
      name: t.text({ description: 'Your name; that of your seat where it is left out.', required: false, max: MOST.name, isName: true }),
      phone: t.phoneNumber({ description: 'Your mobile number; that of your account where it is left out.', required: false }),
      message: t.text({ description: 'What you would like to say.', required: false, max: MOST.message }),
      verificationCode: t.text({
        description: 'The six digits from `requestJoinCode`, which prove the phone. Without them the application binds no seat.',
        required: false,
        max: MOST.verificationCode,
      }),
    }),
    refusals: [...CLOSED, verificationCodeRefused],
    run: async (request, { code, ...given }) => {
      const context = asked(request);
      return applyToWindow(doorOf(context), code, given, { ...context, account: await accountOf(context) });
    },
    success: (t) => ({
      phoneProven: t.exposeBoolean('phoneProven', { description: 'Whether the phone is proven to be yours.', rule }),
    }),
  });
}
