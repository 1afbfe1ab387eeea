import { refusalType } from '../../sdk/index.ts';
import type { SeatSummary } from './seat-summary.graphql.ts';

/** One answer for a wrong code, an old one, a used one, one tried too often and none at all: it tells nobody whether a phone is known. */
export const signInRefused = refusalType('SignInRefused', {
  description: 'The code is not right for this phone, or no longer. Ask for a new one.',
  message: { en: 'This code is wrong or has expired. Ask for a new one.', 'zh-CN': '验证码错误或已失效，请重新获取。' },
});

/** Nobody's seats are carried off without their being named. */
export const phoneOfSeveral = refusalType<Record<'going' | 'unclaimed' | 'others', readonly SeatSummary[]>>('PhoneOfSeveral', {
  description:
    'Several people are at your number as yet, and nobody knows who asks, or it was given seats since you signed in with it: say by `seatIds` which seats go along. They are one person’s, and those that nobody has claimed. It names none that your session does not reach: sign in anew with this number to take those along as well. The code stays good.',
  message: {
    en: 'Several people have this number, or it was given seats since you signed in with it. Name the seats that are yours and go along, by `seatIds`: those of one person, and those that nobody has claimed. To take along what the number was given since, sign in anew with it.',
    'zh-CN':
      '该号码由多人共用，或在您登录之后又增加了身份。请在 seatIds 中指定属于您、随您一起更换号码的身份：仅限同一人的身份以及尚无人认领的身份。如需带走登录之后增加的身份，请用该号码重新登录。',
  },
  fields: {
    going: {
      type: '[SeatSummary]',
      description: 'Seats of whoever you came to the number as; else of whoever the seat is of that you act as.',
    },
    unclaimed: {
      type: '[SeatSummary]',
      description: 'Seats that organizations gave to the number while several people were there: whose they are, nobody has said.',
    },
    others: {
      type: '[SeatSummary]',
      description:
        'Seats of the others who are there. Where you signed in with the number and one of these is yours, name those of this person instead.',
    },
  },
});
