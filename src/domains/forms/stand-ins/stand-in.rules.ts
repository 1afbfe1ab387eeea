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

/** So often a turn goes on from one stand-in to the next; nobody has so many in earnest. */
export const MOST_STEPS = 20;
/** Of one employee that are not over: what one names, others' namings are compared with. */
export const MOST_NAMINGS = 50;

interface Span {
  readonly from: Date;
  readonly until: Date;
}
/** What is left of some time without the time of a naming. */
const without = (spans: readonly Span[], { from, until }: Span): Span[] =>
  spans.flatMap((span) =>
    [
      { from: span.from, until: from < span.until ? from : span.until },
      { from: until > span.from ? until : span.from, until: span.until },
    ].filter((left) => left.from < left.until),
  );

/**
 * Whether a turn would come back to whoever it was for, at any moment and of any template; or would go on too often. One template after the
 * other, so that at each moment there is one way to go: whoever is named for the template goes first.
 */
export function closesCycle(known: readonly Naming[], added: Naming): 'CYCLE' | 'TOO_LONG' | undefined {
  const all = Map.groupBy([...known, added], ({ employeeId }) => employeeId);
  const named = added.templateIds.length ? added.templateIds : [...known.flatMap(({ templateIds }) => templateIds), ''];
  const found = [...new Set(named)].map((templateId) => followed(all, added, templateId));
  return found.find((one) => one === 'CYCLE') ?? found.find((one) => one === 'TOO_LONG');
}

/** @param templateId of the turn; '': of one that no naming names */
function followed(all: ReadonlyMap<string, readonly Naming[]>, added: Naming, templateId: string): 'CYCLE' | 'TOO_LONG' | undefined {
  let at: ReadonlyMap<string, readonly Span[]> = new Map([[added.employeeId, [added]]]);
  for (let step = 0; at.size > 0; step++) {
    if (step > MOST_STEPS) return 'TOO_LONG';
    const next = new Map<string, Span[]>();
    for (const [who, spans] of at)
      for (const [to, of] of goingOn(all.get(who) ?? [], spans, templateId)) next.set(to, [...(next.get(to) ?? []), ...of]);
    if (next.has(added.employeeId)) return 'CYCLE';
    at = next;
  }
  return undefined;
}

/** Where turns of some time go on from somebody. */
function goingOn(own: readonly Naming[], spans: readonly Span[], templateId: string): (readonly [string, Span[]])[] {
  let left = spans;
  return [
    ...own.filter(({ templateIds }) => templateIds.includes(templateId)),
    ...own.filter(({ templateIds }) => templateIds.length === 0),
  ]
    .map((one) => {
      const gone = left.flatMap((span) => meetingIn(span, one) ?? []);
      left = without(left, one);
      return [one.standInId, gone] as const;
    })
    .filter(([, gone]) => gone.length > 0);
}
const meetingIn = (span: Span, one: Naming): Span | undefined => meeting({ ...span, templateIds: [] }, { ...one, templateIds: [] });

/** Whether somebody has two who stand in for the same at the same time. Whoever is named for a template goes before whoever is named for all. */
export const overlaps = (known: readonly Naming[], added: Naming): boolean =>
  known.some(
    (one) =>
      one.employeeId === added.employeeId &&
      (one.templateIds.length === 0) === (added.templateIds.length === 0) &&
      meeting(one, added) !== undefined,
  );

export const isOneTooMany = (known: readonly Naming[], added: Naming): boolean =>
  known.filter(({ employeeId }) => employeeId === added.employeeId).length >= MOST_NAMINGS;

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
