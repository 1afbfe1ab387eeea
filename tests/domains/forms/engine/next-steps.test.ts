import { describe, expect, it } from 'vitest';
import { asStop, nextSteps, type People, stopAfter } from '../../../../src/domains/forms/engine/next-steps.ts';
import type { Condition, Flow, Step } from '../../../../src/domains/forms/template-body.ts';
import { person } from './flow.fixture.ts';

const PEOPLE: People = {
  owner: 'owner',
  ownersSupervisors: ['boss', 'deputy'],
  rights: { FORMS: ['admin', 'other'] },
  supervisors: { sales: ['head'] },
  here: new Map(['owner', 'boss', 'deputy', 'admin', 'other', 'head', 'ann'].map((id) => [id, person(id)])),
};
const step = (id: string, mode: Step['mode'], ...approvers: Step['approvers'][number][]): Step => ({ id, name: id, mode, approvers });
const ann = { by: 'EMPLOYEE', employeeId: 'ann' } as const;
const flow = (...route: Step[]): Pick<Flow, 'route'> => ({ route });
const steps = (of: Pick<Flow, 'route'>, values: object = {}, people = PEOPLE) =>
  nextSteps(
    of,
    values as Record<string, unknown>,
    people,
    (condition: Condition, given) => given[(condition as { field: string }).field] === true,
  );
const shown = (of: Pick<Flow, 'route'>, values: object = {}, people = PEOPLE) =>
  steps(of, values, people).map(({ key, slots }) => [key, ...slots.map((slot) => slot.people.join('|'))].join(' '));

describe('a route (spec 6.2)', () => {
  it.each([
    ['EMPLOYEE', ann, 'ann'],
    ['OWNER', { by: 'OWNER' }, 'owner'],
    ['OWNERS_SUPERVISOR', { by: 'OWNERS_SUPERVISOR' }, 'boss|deputy'],
    ['RIGHT', { by: 'RIGHT', right: 'FORMS' }, 'admin|other'],
    ['RIGHT of nobody', { by: 'RIGHT', right: 'FILES' }, ''],
    ['DEPARTMENT_SUPERVISORS', { by: 'DEPARTMENT_SUPERVISORS', departmentId: 'sales' }, 'head'],
    ['DEPARTMENT_SUPERVISORS of none', { by: 'DEPARTMENT_SUPERVISORS', departmentId: 'moon' }, ''],
  ] as const)('%s are %s', (_, approver, people) => expect(shown(flow(step('s', 'ALL', approver)))).toEqual([`s ${people}`]));

  it.each([
    ['ALL', ['s ann owner']],
    ['ANY', ['s ann|owner']],
    ['IN_ORDER', ['s:0 ann', 's:1 owner']],
  ] as const)('%s makes %j', (mode, stops) => expect(shown(flow(step('s', mode, ann, { by: 'OWNER' })))).toEqual(stops));

  it('takes the steps whose conditions hold', () => {
    const of = flow(step('one', 'ALL', ann), { ...step('two', 'ALL', ann), when: { field: 'dear', op: 'EQ' } }, step('three', 'ALL', ann));
    expect(shown(of)).toEqual(['one ann', 'three ann']);
    expect(shown(of, { dear: true })).toEqual(['one ann', 'two ann', 'three ann']);
  });

  it('by hand begins with the owner, or whoever claims it', () => {
    expect(shown({ route: 'BY_HAND' })).toEqual(['BY_HAND owner']);
    expect(shown({ route: 'BY_HAND' }, {}, { ...PEOPLE, owner: null })).toEqual(['BY_HAND ']);
  });

  it('goes on behind a stop, also one that the form would not take any more', () => {
    const of = flow(
      step('one', 'IN_ORDER', ann, { by: 'OWNER' }),
      { ...step('two', 'ALL', ann), when: { field: 'dear', op: 'EQ' } },
      step('three', 'ALL', ann),
    );
    const behind = (key: string, values: object = {}) => stopAfter(of, steps(of, values), key)?.key ?? null;
    expect([behind('one:0'), behind('one:1'), behind('two'), behind('three')]).toEqual(['one:1', 'three', 'three', null]);
    expect(behind('one:1', { dear: true })).toBe('two');
  });

  it('knows who is gone', () => {
    const [stop] = steps(flow(step('s', 'ANY', { by: 'EMPLOYEE', employeeId: 'gone' }, ann)));
    expect(asStop(stop!, PEOPLE).slots).toEqual([[{ id: 'gone', isGone: true }, person('ann')]]);
  });
});
