/** Of one department. */
export const MOST_SUPERVISORS = 20;

/** Who supervises what, before a change and after it. */
export interface SupervisionChange {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/**
 * Which of many changes leave a department with more supervisors than it takes, the last ones first: all others can be done together. Pure.
 * @param now how many supervise each department as it is
 */
export function beyondMostSupervisors<Change extends SupervisionChange>(
  now: ReadonlyMap<string, number>,
  changes: readonly Change[],
): Map<Change, string> {
  const count = new Map(now);
  const add = (ids: ReadonlySet<string>, by: number): void => {
    for (const id of ids) count.set(id, (count.get(id) ?? 0) + by);
  };
  const does = ({ before, after }: SupervisionChange, by: 1 | -1): void => {
    add(after, by);
    add(before, -by);
  };
  for (const change of changes) does(change, 1);
  const beyond = new Map<Change, string>();
  const next = () => {
    for (const change of changes.toReversed()) {
      const crowded = beyond.has(change)
        ? undefined
        : [...change.after].find((id) => !change.before.has(id) && (count.get(id) ?? 0) > MOST_SUPERVISORS);
      if (crowded !== undefined) return { change, crowded };
    }
    return undefined;
  };
  // what is not done may have made room: it is looked at anew
  for (let one = next(); one; one = next()) {
    beyond.set(one.change, one.crowded);
    does(one.change, -1);
  }
  return beyond;
}
