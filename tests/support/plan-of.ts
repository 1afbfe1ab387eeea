import { expect } from 'vitest';
import { recorded } from '../../src/app/explain/recorded-reads.ts';
import { explained, type PlanNode, stepsOf } from '../../src/app/explain/statement-plan.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestServer } from '../../src/testing/test-server.ts';

export interface Planned {
  readonly plan: PlanNode;
  /** Objects that were found. */
  readonly found: number;
}
type Asks = (seat: 'admin' | 'owner' | 'supervisor', query: string) => Promise<Planned>;

/** Asks for pages of one list, each of which has to be one statement, and tells how PostgreSQL reads it. @param server asked from now on through what records */
export function plansOf({ runtime }: TestServer, own: TestOrganization): Asks {
  const record = recorded(runtime.reads);
  Object.assign(runtime, { reads: record.reads });
  return async (seat, query) => {
    record.take();
    const [page] = Object.values(await own[seat].query<Record<string, { nodes: unknown[] }>>(query));
    const [statement, ...others] = record.take();
    expect(others).toEqual([]);
    const { plan } = await explained(runtime.pools.requests, own.id, statement!);
    return { plan, found: page!.nodes.length };
  };
}

/** Rows that a step gives, over all its loops. */
export const rowsOf = (step: PlanNode): number => (step['Actual Rows'] ?? 0) * (step['Actual Loops'] ?? 1);

/** Values are looked for by their terms: no table is read whole, and of the terms no more than a share. */
export function readsTerms(
  { plan, found }: Planned,
  { table, terms, most }: Readonly<{ table: string; terms: string; most: number }>,
): void {
  expect(found).toBeGreaterThan(0);
  const scans = stepsOf(plan).filter((step) => step['Node Type'] === 'Seq Scan' && [table, terms].includes(step['Relation Name']!));
  expect(scans).toEqual([]);
  const read = stepsOf(plan).filter((step) => step['Relation Name'] === terms);
  expect(read.length).toBeGreaterThan(0);
  for (const step of read) expect(rowsOf(step)).toBeLessThan(most);
}
