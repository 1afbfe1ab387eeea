import { expect, it } from 'vitest';
import { assertFollows } from '../../../src/platform/live/audience.ts';
import { keptSeat, type Seat, WINDOW_MEMBER, WINDOW_SUSPENDED } from '../../../src/platform/permissions/seat.ts';
import type { NamedSubscription } from '../../../src/platform/schema/subscription.ts';
import { COLLEAGUE, EXTERNAL, rule } from '../../../src/sdk/index.ts';

/** A subscription of both sides whose author says of nobody that they may not. */
const forgetful = {
  rule: rule('bell.everybody', { roles: [COLLEAGUE, EXTERNAL], description: 'Both sides.' }),
  module: 'bell',
} as NamedSubscription;
const seat = (kind: Seat['kind'], traits: readonly string[] = [], pluginsOff: readonly string[] = []): Seat =>
  keptSeat({ id: 'me', organizationId: 'own', kind, rights: new Map(), traits: new Set(traits), pluginsOff: new Set(pluginsOff) });
/** The code that a seat is refused with. */
const refusalOf = (one: Seat, subscription = forgetful): unknown => {
  try {
    assertFollows(subscription, one);
    return undefined;
  } catch (error) {
    return (error as { extensions: { code: unknown } }).extensions.code;
  }
};

it.each([
  ['an employee', seat('EMPLOYEE'), undefined],
  ['an employee where the plugin is off', seat('EMPLOYEE', [], ['bell']), 'FORBIDDEN'],
  ['a contact at the window', seat('CONTACT', [WINDOW_MEMBER]), undefined],
  ['a contact at the window where the plugin is off', seat('CONTACT', [WINDOW_MEMBER], ['bell']), 'FORBIDDEN'],
  ['a contact whose window is suspended', seat('CONTACT', [WINDOW_SUSPENDED]), 'WINDOW_SUSPENDED'],
  ['a contact that was never let in, or has left', seat('CONTACT'), 'FORBIDDEN'],
])('what a subscription asks of nobody is asked of %s (spec 5.2, 5.4)', (_, one, code) => expect(refusalOf(one)).toBe(code));

it('a subscription that says itself who may follow is not asked of the window', () => {
  const ofInbox = { ...forgetful, allows: () => true };
  expect(refusalOf(seat('CONTACT'), ofInbox)).toBeUndefined();
  expect(refusalOf(seat('CONTACT', [], ['bell']), ofInbox)).toBe('FORBIDDEN');
});
