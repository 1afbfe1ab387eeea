/** Of one department. */
export const MOST_SUPERVISORS = 20;

/** Who supervises what, before a change and after it. */
export interface SupervisionChange {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/**
 * Which of many changes leave a department with more supervisors than it takes, of each department the last ones first: all others can be done
 * together. Pure; as many steps as there are departments in the changes.
 * @param now how many supervise each department as it is
 * @returns with each the department that has too many
 */
export function beyondMostSupervisors<Change extends SupervisionChange>(
  now: ReadonlyMap<string, number>,
  changes: readonly Change[],
): Map<Change, string> {
  const count = new Map(now);
  const coming = new Map<string, Change[]>();
  const add = (id: string, by: number): number => {
    const many = (count.get(id) ?? 0) + by;
    count.set(id, many);
    return many;
  };
  for (const change of changes) {
    for (const id of change.before) add(id, -1);
    for (const id of change.after) {
      add(id, 1);
      if (change.before.has(id)) continue;
      const some = coming.get(id);
      if (some) some.push(change);
      else coming.set(id, [change]);
    }
  }
  const beyond = new Map<Change, string>();
  const crowded = [...coming.keys()].filter((id) => count.get(id)! > MOST_SUPERVISORS);
  for (let id = crowded.pop(); id !== undefined; id = crowded.pop()) {
    const from = coming.get(id) ?? [];
    while (count.get(id)! > MOST_SUPERVISORS && from.length) {
      const change = from.pop()!;
      if (beyond.has(change)) continue;
      beyond.set(change, id);
      for (const left of change.after) add(left, -1);
      // who does not leave may be one too many where they stay
      for (const back of change.before) if (add(back, 1) > MOST_SUPERVISORS) crowded.push(back);
    }
  }
  return beyond;
}
