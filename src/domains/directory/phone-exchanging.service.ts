import { forbidden, invalid, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { refuseMoreRights } from './admin-right.service.ts';
import { takePhonesOfStaff } from './directory-turn.service.ts';
import { directory } from './permissions.ts';
import { closeConflictsOf, type Holder, phoneHolders } from './phone-following.service.ts';

/** Who has a number by their row, and the one that their account has. */
interface Having extends Holder {
  readonly proven: string | undefined;
}
interface Taking extends Holder {
  readonly phone: string;
}

/**
 * Whoever's account has taken a number gets it, and who has it gets the one that is left: so two who have exchanged their telephones each go on as
 * the one that they were. An employee and a contact who have one number are one person, and go together. Where the account of who has the number
 * has gone on to one that nobody else has, they get that one.
 * @param taker whose account has the number, E.164. @param path of the input that is to blame
 * @returns whether there was something to exchange: not where nobody has the number any more
 * @throws FORBIDDEN, RightNotYours where who had the number is not the seat's to give another; ValidationFailed where somebody else has the one
 * that would be left, in this organization or by their account in any other
 */
export async function exchangePhones(use: UseCase, taker: Taking, path: readonly string[]): Promise<boolean> {
  await takePhonesOfStaff(use);
  const { phone } = taker;
  const left = await use
    .registered(phoneHolders)
    .find(({ kind }) => kind === taker.kind)!
    .phoneOf(use, taker.id);
  if (left === undefined || left === phone) return false;
  const isTaken = await use.service(seatIndex).isTaken(use, left);
  const holders = await whoHas(use, phone);
  if (holders.length === 0) return false;
  const leaving = await whoHas(use, left);
  if (leaving.some(({ proven }) => proven !== phone)) throw leftToAnother();
  if (isTaken && holders.some(({ proven }) => proven === phone)) throw leftToAnother(); // they would be one person with who is there
  const given: Taking[] = leaving.map((one) => ({ ...one, phone }));
  for (const one of holders) given.push({ ...one, phone: await nextOf(use, one, { phone, left }) });
  await takeAll(use, given);
  for (const { kind, id, proven } of holders)
    if (proven === phone) {
      await refuseMoving(use, { kind, id }, path);
      await use.service(seatIndex).movePhone(use, id, left);
    }
  const settled = given.filter(({ id, phone: now }) => holders.every((one) => one.id !== id || one.proven === phone || one.proven === now));
  await closeConflictsOf(
    use,
    settled.map(({ id }) => id),
  );
  return true;
}

const leftToAnother = () =>
  invalid(['input', 'choice'], 'NOT_A_CHOICE', {
    en: 'Somebody else is at the number that would be left. They cannot be exchanged until that person has gone on to another (`changeMyPhone`), or the operator has given one of the two a number of their own.',
    'zh-CN': '让出的号码另有他人使用，暂不能互换：须由该使用者先通过 changeMyPhone 更换号码，或由运营方为其中一方指定新的号码。',
  });

async function whoHas(use: UseCase, phone: string): Promise<Having[]> {
  const found: Having[] = [];
  for (const { kind, amongThese } of use.registered(phoneHolders))
    for (const { id } of await amongThese(use, [phone])) found.push({ kind, id, proven: await use.service(seatIndex).phoneOf(use, id) });
  return found;
}

/** What is left, unless their account has gone on to a number that nobody else has. */
async function nextOf(
  use: UseCase,
  { proven }: Having,
  { phone, left }: { readonly phone: string; readonly left: string },
): Promise<string> {
  if (proven === undefined || proven === phone) return left;
  return (await whoHas(use, proven)).length ? left : proven;
}

/** Who has another phone signs in with another: that is decided by whoever could give them the rights that they hold, as of a mended phone. */
async function refuseMoving(use: UseCase, { kind, id }: Holder, path: readonly string[]): Promise<void> {
  const right = kind === 'EMPLOYEE' ? 'DIRECTORY' : 'CONTACTS';
  if (use.seat.rights.get(right) !== 'ALL') throw forbidden(directory.conflict);
  if (kind === 'EMPLOYEE' && id !== use.seat.id) await refuseMoreRights(use, id, path);
}

async function takeAll(use: UseCase, given: readonly Taking[]): Promise<void> {
  for (const { kind, take } of use.registered(phoneHolders)) {
    const own = given.filter((one) => one.kind === kind);
    if (own.length) await take(use, own);
  }
}
