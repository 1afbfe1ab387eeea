import { setImmediate } from 'node:timers/promises';
import type { UseCase } from '../../sdk/index.ts';
import { holdFields } from '../contacts/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import { heldImport } from './contact-import.service.ts';
import type { ContactRow } from './import.sheet.ts';
import { factsFor } from './import-facts.service.ts';
import { type Outcome, planRows } from './import-plan.rules.ts';
import type { ContactTable } from './import-reading.ts';
import type { ImportWork } from './import-work.ts';
import { countOutcomes, keepOutcomes, takeRows } from './import-writing.service.ts';

/** Rows that are done at once: so few that nobody else waits for long, so many that it is quick. */
const BATCH = 500;
/** Rows whose records are made ready without a break. */
const AT_ONCE = 100;
const TURN = 'contact-import';
/** A table that was right when it was checked, and is not when it is written, is checked again. */
const MOST_CHECKS = 3;

const batchAt = (rows: readonly ContactRow[], at: number): readonly ContactRow[] => rows.slice(at, at + BATCH);
const isWrong = ({ state }: Outcome): boolean => state === 'REJECTED' || state === 'UNDECIDED';

/** Each row by itself: what is wrong with one keeps no other back. A dry run tells what it would have done. */
export async function takeRowByRow(work: ImportWork, importId: string, { rows, ...of }: ContactTable): Promise<void> {
  for (let at = work.checkpoint?.at ?? 0; at < rows.length; at += BATCH)
    await work.perform(async (use, keep) => {
      await holdFields(use);
      await use.takeTurn(TURN); // two imports of one phone do not meet in the middle
      const given = await heldImport(use, importId);
      const batch = batchAt(rows, at);
      const outcomes = given.is_dry_run ? await foreseen(use, given, batch, of, given.created) : await takeRows(use, given, batch, of);
      await tell(use, given, outcomes);
      const done = at + batch.length;
      keep({ checkpoint: { phase: 'ROWS', at: done }, progress: done, total: rows.length });
    });
  await finished(work, rows.length);
}

/** All or nothing: every row is checked, and then all are written by one transaction, or what is wrong is told and nothing is done. */
export async function takeWhole(work: ImportWork, importId: string, table: ContactTable): Promise<void> {
  for (let checks = 1; ; checks++) {
    const wrong = await wrongRows(work, importId, table);
    const isWritten = wrong.length === 0 && (await writeWhole(work, importId, table));
    if (wrong.length > 0) return tellWrong(work, importId, wrong, table.rows.length);
    if (isWritten) return;
    if (checks === MOST_CHECKS) throw new Error('others write what this import is to write');
  }
}

/** What others would have to be mended, of all rows. */
async function wrongRows(work: ImportWork, importId: string, { rows, ...of }: ContactTable): Promise<Outcome[]> {
  const wrong: Outcome[] = [];
  let created = 0;
  for (let at = 0; at < rows.length; at += BATCH) {
    const outcomes = await work.perform(async (use) => {
      await holdFields(use);
      return foreseen(use, await heldImport(use, importId), batchAt(rows, at), of, created);
    });
    created += outcomes.filter(({ state }) => state === 'CREATED').length;
    wrong.push(...outcomes.filter(isWrong));
  }
  return wrong;
}

const tellWrong = (work: ImportWork, importId: string, wrong: readonly Outcome[], total: number): Promise<void> =>
  work.perform(async (use, keep) => {
    await tell(use, await heldImport(use, importId), wrong);
    keep({ checkpoint: { phase: 'FILING', at: 0 }, progress: total, total });
  });

type TableFacts = Pick<ContactTable, 'firstRowOf' | 'asked'>;
class Overtaken extends Error {}

/** @returns false, and nothing was written, where others have made a row wrong since it was checked */
async function writeWhole(work: ImportWork, importId: string, { rows, ...of }: ContactTable): Promise<boolean> {
  try {
    await work.perform(async (use, keep) => {
      await holdFields(use);
      await use.takeTurn(TURN);
      const given = await heldImport(use, importId);
      const inOrder = [...rows].sort(byPhone); // the order in which everybody takes several
      for (let at = 0; at < inOrder.length; at += BATCH) {
        work.signal.throwIfAborted();
        const outcomes = await takeRows(use, given, batchAt(inOrder, at), of);
        if (outcomes.some(isWrong)) throw new Overtaken();
        await tell(use, given, outcomes);
      }
      keep({ checkpoint: { phase: 'FILING', at: 0 }, progress: rows.length, total: rows.length });
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}
const phoneOf = ({ known }: ContactRow): string => known.phone?.e164 ?? '';
const byPhone = (one: ContactRow, other: ContactRow): number => (phoneOf(one) < phoneOf(other) ? -1 : 1);

/** What would become of rows. @param created contacts that those before them would have made */
async function foreseen(use: UseCase, given: ImportNow, rows: readonly ContactRow[], of: TableFacts, created: number): Promise<Outcome[]> {
  const facts = await factsFor(use, given, rows, of);
  return planRows(rows, { ...facts, places: { ...facts.places, left: Math.max(0, facts.places.left - created) } });
}

async function tell(use: UseCase, given: ImportNow, outcomes: readonly Outcome[]): Promise<void> {
  for (let at = 0; at < outcomes.length; at += AT_ONCE) {
    keepOutcomes(use, given, outcomes.slice(at, at + AT_ONCE));
    await setImmediate(); // others are answered in between
  }
  await countOutcomes(use, given.id, outcomes);
}

const finished = (work: ImportWork, total: number): Promise<void> =>
  work.perform(async (_, keep) => keep({ checkpoint: { phase: 'FILING', at: 0 }, progress: total, total }));
