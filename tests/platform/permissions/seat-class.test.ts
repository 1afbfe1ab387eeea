import { describe, expect, it } from 'vitest';
import { keptSeat, type RightScope, type Seat } from '../../../src/platform/permissions/seat.ts';
import { classOf } from '../../../src/platform/permissions/seat-class.ts';

const seat = (facts: Partial<Seat> = {}): Seat => ({
  id: 'one',
  organizationId: 'works',
  kind: 'EMPLOYEE',
  rights: new Map<string, RightScope>([
    ['FORMS', ['a', 'b']],
    ['CONTACTS', 'ALL'],
  ]),
  traits: new Set(['supervises', 'seniors']),
  pluginsOff: new Set(['ordering']),
  ...facts,
});

describe('two seats', () => {
  it('are of one class where they differ in who they are alone, or in the order in which their facts were found', () => {
    expect(classOf(seat({ id: 'two' }))).toBe(classOf(seat()));
    const turned = {
      rights: new Map([...seat().rights].reverse()),
      traits: new Set(['seniors', 'supervises']),
    };
    expect(classOf(seat(turned))).toBe(classOf(seat()));
    expect(classOf(keptSeat(seat(turned)))).toBe(classOf(seat()));
  });

  it('are not classed by what would be written as nothing', () => {
    class Sealed {
      readonly #rights = 'ALL';
      get rights(): string {
        return this.#rights;
      }
    }
    expect(() => classOf(seat({ sealed: new Sealed() } as Partial<Seat>))).toThrow('cannot be told');
  });

  it.each<[string, Partial<Seat>]>([
    ['organization', { organizationId: 'other works' }],
    ['kind', { kind: 'CONTACT' }],
    ['rights', { rights: new Map([['CONTACTS', 'ALL']]) }],
    [
      'scope of a right',
      {
        rights: new Map<string, RightScope>([
          ['FORMS', ['a']],
          ['CONTACTS', 'ALL'],
        ]),
      },
    ],
    ['traits', { traits: new Set(['supervises']) }],
    ['plugins switched off', { pluginsOff: new Set() }],
    ['anything that a seat may get one day', { since: 2026 } as Partial<Seat>],
  ])('are of two classes where they differ in their %s', (_, facts) => {
    expect(classOf(seat(facts))).not.toBe(classOf(seat()));
    expect(classOf(keptSeat(seat(facts)))).not.toBe(classOf(keptSeat(seat()))); // as they are remembered
  });
});
