import { type Belongings, belongings, employeeLeft, invalid, type UseCase } from '../../sdk/index.ts';
import { concernedByLeaving, type EndedRight, employees, endEmployment, type Foreseen, foresee } from '../directory/index.ts';
import { findSuccession, type Succession } from './succession.service.ts';
import { type NewItem, recordTransfer } from './transfer.service.ts';

export interface LeavingRequest {
  readonly employeeId: string;
  /** Whoever makes the transfer may name who goes on. */
  readonly successorId?: string;
}
/** How many, and how many of them lie in a bin: reports of before it was counted do not say. */
export interface LeftOfKind {
  readonly kind: string;
  readonly count: number;
  readonly inBin?: number;
}
/** What came of it. */
export interface Left {
  readonly transfer: string;
  readonly successorId: string | null;
  /** How many of each kind of belongings. */
  readonly counts: readonly LeftOfKind[];
  readonly sessions: number;
  /** Reports of before they were told do not say. */
  readonly rights?: readonly EndedRight[];
  /** Names of departments that nobody supervises then; as of rights. */
  readonly unsupervised?: readonly string[];
}

/**
 * Lets an employee go who may go; the directory is held (spec 3.15). What they have is locked in the order that everybody keeps, then their
 * row and that of who goes on: whoever gives them something at this moment has done so, and it changes hands, or is refused.
 * @throws ValidationFailed where who is named cannot go on
 */
export async function letGo(use: UseCase, { employeeId, successorId }: LeavingRequest): Promise<Left> {
  const parts = use.registered(belongings);
  for (const { hold } of parts) await hold?.(use, employeeId);
  const succession: Succession = successorId ? { successorId, reason: 'NAMED' } : await findSuccession(use, employeeId);
  await holdBoth(use, employeeId, succession.successorId);
  const items: NewItem[] = [];
  const counts: LeftOfKind[] = [];
  for (const part of parts) {
    const ids = await part.leave(use, { employeeId, successorId: succession.successorId });
    counts.push({ kind: part.kind, count: ids.length, inBin: await part.inBin?.(use, ids) });
    items.push(...itemsOf(part, ids, employeeId, succession));
  }
  const ended = await endEmployment(use, employeeId);
  await use.announce(employeeLeft({ employeeId, successorId: succession.successorId }));
  return { transfer: await recordTransfer(use, 'LEAVING', employeeId, items), successorId: succession.successorId, counts, ...ended };
}

/** Lets somebody go, looks what came of it and who finds what then, and takes it back (spec 10.2). @throws what `letGo` throws */
export async function foreseeLeaving(use: UseCase, request: LeavingRequest): Promise<Left & Foreseen> {
  const successorId = request.successorId ?? (await findSuccession(use, request.employeeId)).successorId;
  const concerned = await concernedByLeaving(use, request.employeeId, successorId);
  let left: Left | undefined;
  const effects = await foresee(use, request.employeeId, concerned, async () => {
    left = await letGo(use, request);
  });
  return { ...left!, effects };
}

/** What cannot be given back is counted, and is no item. */
const itemsOf = (
  { kind, giveBack }: Belongings,
  ids: readonly string[],
  from: string,
  { successorId: to, reason }: Succession,
): NewItem[] => (giveBack ? ids.map((id) => ({ kind, id, from, to, reason })) : []);

/** @throws ValidationFailed */
async function holdBoth(use: UseCase, employeeId: string, successorId: string | null): Promise<void> {
  if (successorId === employeeId)
    throw invalid(SUCCESSOR, 'SELF', { en: 'Whoever leaves cannot go on.', 'zh-CN': '不能指定离职员工本人接手。' });
  const rows = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'left_at'])
    .where('id', 'in', successorId ? [employeeId, successorId] : [employeeId])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  if (rows.find(({ id }) => id === successorId)?.left_at)
    throw invalid(SUCCESSOR, 'LEFT', { en: 'This employee has left the organization.', 'zh-CN': '该员工已离职。' });
}
const SUCCESSOR = ['input', 'successorId'];
