import { describe, expect, it } from 'vitest';
import { type Seatings, type SupervisedDepartment, successionOf } from '../../../src/domains/transfers/succession.rules.ts';

const LEAVER = 'leaver';
const of = (id: string, ...people: readonly (readonly [id: string, since: string])[]): SupervisedDepartment => ({
  id,
  supervisors: people.map(([person, seniorSince]) => ({ id: person, seniorSince })),
  everSupervised: people.length > 0,
});
const once = (id: string): SupervisedDepartment => ({ id, supervisors: [], everSupervised: true });
const never = (id: string): SupervisedDepartment => of(id);
const leaver = [LEAVER, '2000-01-01'] as const;
const [ann, bob, cyd] = [
  ['ann', '2020-01-01'],
  ['bob', '2010-05-05'],
  ['cyd', '2010-05-05'],
] as const;

const seatings = (main: readonly SupervisedDepartment[], others: readonly SupervisedDepartment[] = []): Seatings => ({
  leaverId: LEAVER,
  main,
  others,
});

describe('succession (spec 3.15)', () => {
  it.each<[string, Seatings, string | null, string]>([
    ['the supervisor of the main department', seatings([of('sales', ann)]), 'ann', 'SUPERVISOR'],
    ['of several the one who is senior the longest', seatings([of('sales', ann, bob)]), 'bob', 'SUPERVISOR'],
    ['of two of one day the one whose id comes first', seatings([of('sales', cyd, bob)]), 'bob', 'SUPERVISOR'],
    ['… in whatever order they are found', seatings([of('sales', bob, cyd)]), 'bob', 'SUPERVISOR'],
    ['another supervisor where the leaver is one', seatings([of('sales', leaver, ann)]), 'ann', 'SUPERVISOR'],
    ['the main department’s before any other’s', seatings([of('sales', ann), of('firm', bob)], [of('press', cyd)]), 'ann', 'SUPERVISOR'],

    ['where it never had one, that of another department', seatings([never('sales')], [of('press', ann)]), 'ann', 'OTHER_DEPARTMENT'],
    ['of those the one joined first', seatings([never('sales')], [of('press', ann), of('web', bob)]), 'ann', 'OTHER_DEPARTMENT'],
    ['past those without one', seatings([never('sales')], [never('press'), of('web', bob)]), 'bob', 'OTHER_DEPARTMENT'],
    [
      'past those that the leaver alone leads',
      seatings([never('sales')], [of('press', leaver), of('web', bob)]),
      'bob',
      'OTHER_DEPARTMENT',
    ],
    ['another department before those above', seatings([never('sales'), of('firm', bob)], [of('press', ann)]), 'ann', 'OTHER_DEPARTMENT'],
    ['without a main department, nobody above another', seatings([], [never('press')]), null, 'NOBODY'],
    ['without a main department, that of another', seatings([], [of('press', ann)]), 'ann', 'OTHER_DEPARTMENT'],
    [
      'where no department of theirs has one, of that above',
      seatings([never('sales'), of('firm', bob)], [never('press')]),
      'bob',
      'DEPARTMENT_ABOVE',
    ],

    [
      'where the leaver was its only one, of the department above',
      seatings([of('sales', leaver), of('firm', ann)]),
      'ann',
      'DEPARTMENT_ABOVE',
    ],
    ['… and no other department’s', seatings([of('sales', leaver), of('firm', ann)], [of('press', bob)]), 'ann', 'DEPARTMENT_ABOVE'],
    [
      '… and so on up',
      seatings([of('sales', leaver), never('trade'), of('firm', leaver), of('group', ann, bob)]),
      'bob',
      'DEPARTMENT_ABOVE',
    ],
    [
      'where it had one once and has none now, as well',
      seatings([once('sales'), of('firm', ann)], [of('press', bob)]),
      'ann',
      'DEPARTMENT_ABOVE',
    ],

    ['nobody where nobody is above', seatings([of('sales', leaver)], [of('press', ann)]), null, 'NOBODY'],
    ['nobody where nobody supervises anything', seatings([never('sales'), never('firm')], [never('press')]), null, 'NOBODY'],
    ['nobody where the leaver leads all of it', seatings([of('sales', leaver), of('firm', leaver)]), null, 'NOBODY'],
    ['nobody where the leaver sits nowhere', seatings([]), null, 'NOBODY'],
  ])('is %s', (_, given, successorId, reason) => {
    expect(successionOf(given)).toEqual({ successorId, reason });
  });
});
