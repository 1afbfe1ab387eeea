import { describe, expect, it } from 'vitest';
import { type Answer, type Inputs, Interview, PlanTree } from '../../../src/platform/read/interview.ts';

const inputsOf = (variables: Record<string, Answer>): Inputs => ({ variables }) as unknown as Inputs;
/** A planner that asks one thing after the other, as its answers lead it. */
function plan(tree: PlanTree<string>, variables: Record<string, Answer>, ask: (asked: (name: string) => Answer) => string): string {
  const inputs = inputsOf(variables);
  const known = tree.find(inputs);
  if (known !== undefined) return `known ${known}`;
  const interview = new Interview(inputs);
  return tree.add(
    interview,
    ask((name) => interview.ask(name, (of) => of.variables[name] as Answer)),
  );
}
const two = (asked: (name: string) => Answer): string => (asked('a') === 1 ? `a1 b${asked('b')}` : `a${asked('a')} c${asked('c')}`);

describe('plans by the answers that they were made for', () => {
  it('are found again for the same answers, whatever was not asked about', () => {
    const tree = new PlanTree<string>();
    expect(plan(tree, { a: 1, b: 1, c: 1 }, two)).toBe('a1 b1');
    expect(plan(tree, { a: 1, b: 1, c: 2 }, two)).toBe('known a1 b1');
    expect(plan(tree, { a: 1, b: 2, c: 1 }, two)).toBe('a1 b2');
    expect(plan(tree, { a: 2, b: 1, c: 1 }, two)).toBe('a2 c1');
    expect(plan(tree, { a: 2, b: 9, c: 1 }, two)).toBe('known a2 c1');
    expect(plan(tree, { a: 1, b: 2, c: 9 }, two)).toBe('known a1 b2');
  });
  it('tell false, nothing and zero apart', () => {
    const tree = new PlanTree<string>();
    const one = (asked: (name: string) => Answer): string => JSON.stringify(asked('a'));
    for (const a of [false, '', 0, 'false', true, 'true']) expect(plan(tree, { a }, one)).toBe(JSON.stringify(a));
    for (const a of [false, '', 0, 'false', true, 'true']) expect(plan(tree, { a }, one)).toBe(`known ${JSON.stringify(a)}`);
  });
  it('that asked nothing serve everything', () => {
    const tree = new PlanTree<string>();
    expect(plan(tree, {}, () => 'one')).toBe('one');
    expect(plan(tree, { a: 1 }, () => 'two')).toBe('known one');
  });
  it('begin afresh past their limit, the newest first', () => {
    const tree = new PlanTree<string>(3);
    const one = (asked: (name: string) => Answer): string => `a${asked('a')}`;
    for (const a of [1, 2, 3]) plan(tree, { a }, one);
    expect(plan(tree, { a: 1 }, one)).toBe('known a1');
    expect(plan(tree, { a: 4 }, one)).toBe('a4');
    expect(plan(tree, { a: 4 }, one)).toBe('known a4');
    expect(plan(tree, { a: 1 }, one)).toBe('a1');
  });
});

describe('an interview', () => {
  it('asks each question once and writes it down', () => {
    const interview = new Interview(inputsOf({ a: 7 }));
    let times = 0;
    const ask = (): number =>
      interview.ask('a', ({ variables }) => {
        times++;
        return variables.a as number;
      });
    expect([ask(), ask(), times, interview.asked.length]).toEqual([7, 7, 1, 1]);
  });
});
