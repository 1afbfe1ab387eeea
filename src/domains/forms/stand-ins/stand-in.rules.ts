/** Who stands in for whom, when and for which templates. */
export interface Naming {
  readonly employeeId: string;
  readonly standInId: string;
  readonly from: Date;
  readonly until: Date;
  /** None: all. */
  readonly templateIds: readonly string[];
}
type Scope = Pick<Naming, 'from' | 'until' | 'templateIds'>;

/** The time and the templates that both have; undefined where they never meet. */
function meeting(a: Scope, b: Scope): Scope | undefined {
  const from = new Date(Math.max(a.from.getTime(), b.from.getTime()));
  const until = new Date(Math.min(a.until.getTime(), b.until.getTime()));
  if (from >= until) return undefined;
  if (a.templateIds.length === 0 || b.templateIds.length === 0)
    return { from, until, templateIds: a.templateIds.length ? a.templateIds : b.templateIds };
  const templateIds = a.templateIds.filter((id) => b.templateIds.includes(id));
  return templateIds.length ? { from, until, templateIds } : undefined;
}

/** Whether a turn would come back to whoever it was for, at any moment and of any template. */
export function closesCycle(known: readonly Naming[], added: Naming): boolean {
  const leads = (at: string, scope: Scope, passed: readonly Naming[]): boolean =>
    at === added.employeeId ||
    known.some((one) => {
      const both = one.employeeId === at && !passed.includes(one) ? meeting(scope, one) : undefined;
      return both !== undefined && leads(one.standInId, both, [...passed, one]);
    });
  return leads(added.standInId, added, []);
}

/** Whether somebody has two who stand in for the same at the same time. Whoever is named for a template goes before whoever is named for all. */
export const overlaps = (known: readonly Naming[], added: Naming): boolean =>
  known.some(
    (one) =>
      one.employeeId === added.employeeId &&
      (one.templateIds.length === 0) === (added.templateIds.length === 0) &&
      meeting(one, added) !== undefined,
  );

/** Who has a turn in the end: a stand-in has stand-ins too. @param live those of this moment. @returns undefined where nobody stands in */
export function standInOf(live: readonly Omit<Naming, 'from' | 'until'>[], employeeId: string, templateId: string): string | undefined {
  const passed = new Set([employeeId]);
  let at = employeeId;
  for (;;) {
    const own = live.filter((one) => one.employeeId === at);
    const next = own.find(({ templateIds }) => templateIds.includes(templateId)) ?? own.find(({ templateIds }) => templateIds.length === 0);
    if (!next || passed.has(next.standInId)) return at === employeeId ? undefined : at;
    at = next.standInId;
    passed.add(at);
  }
}
