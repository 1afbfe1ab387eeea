import { expect, it } from 'vitest';
import { subjectOf } from '../../../src/platform/live/live-reach.ts';
import type { Following } from '../../../src/platform/live/live-stream.ts';
import type { LiveEvent } from '../../../src/platform/schema/subscription.ts';

const event = (subjectId: string, seatId: string | null = null) => ({ subjectId, seatId }) as LiveEvent;
/** Who follows one object, or none, and events of a topic that are about objects of a type. */
const following = (about: string | undefined, ofType = 'Warranty') =>
  ({ about, subscription: { about: { type: ofType }, topic: { type: 'Warranty' } } }) as unknown as Following;

it.each([
  ['the object that is followed, which is asked for anyway', event('one'), following('one'), undefined],
  ['another object of its type', event('other'), following('one'), { type: 'Warranty', id: 'other' }],
  ['an object of another type with its id', event('one'), following('one', 'Contract'), { type: 'Warranty', id: 'one' }],
  ['an object, where none is followed', event('one'), following(undefined), { type: 'Warranty', id: 'one' }],
  ['an object, addressed to a seat', event('other', 'me'), following('one'), undefined],
])('of an event about %s', (_, one, who, asked) => expect(subjectOf(one)(who)).toEqual(asked));
