import { expectServing, invalid, notFound, requireRight, type Signing, signaturesService, type UseCase, windowTime } from '@guichet/sdk';
import { forgetConsents } from './consent.service.ts';
import { Contract, ContractVersion, Signer } from './contract.entity.ts';
import { contractChanged, contractNotYourTurn, contractSigningOver } from './contract.errors.ts';
import { isTurnOf, turnsOf } from './contract.rules.ts';
import { signingGuards } from './doors.ts';
import { currentOf, held, holdContract } from './holding.service.ts';
import { notifyAll, shareVersion } from './negotiating.service.ts';
import { contract } from './permissions.ts';
import { checkSeal, checkSigners, type NamedSigner, partiesSignedFor } from './signer-naming.service.ts';
import { type ContractRow, counterpartiesOf, follow, notify, seatOf } from './telling.ts';
import { textDiff } from './text-diff.rules.ts';

type SignerRow = InstanceType<typeof Signer.class>;
const PURPOSE = 'CONTRACT_SIGNATURE';
const SHA = ['input', 'versionSha256'];

export const signersOf = (use: UseCase, { id, round }: ContractRow): Promise<SignerRow[]> =>
  use.em.find(Signer, { contractId: id, round }, { orderBy: { position: 'asc' } });

export interface Sending {
  readonly contractId: string;
  readonly signers: readonly NamedSigner[];
  readonly order: 'IN_ORDER' | 'ANY';
  readonly expiresAt: Date;
}
/** Sends it to whoever signs, from both sides; whoever comes first is told. @throws ValidationFailed */
export async function sendForSigning(use: UseCase, { contractId, signers, order, expiresAt }: Sending): Promise<void> {
  await expectServing(use);
  const row = await held(use, contractId);
  const sides = new Map((await counterpartiesOf(use, contractId)).map(({ id, contactId: of }) => [id, of]));
  checkSigners(signers, row.contactId, sides);
  await checkSeal(use, signers);
  const parties = await partiesSignedFor(use, signers, row.contactId, sides);
  checkExpiry(use, expiresAt);
  await shareVersion(use, row);
  Object.assign(row, { state: 'SIGNING', signingOrder: order, signingExpiresAt: expiresAt, round: row.round + 1 });
  for (const [i, { employeeId, contactId, name, role, isSeal }] of signers.entries())
    use.em.create(Signer, {
      ...UNSIGNED,
      contractId,
      round: row.round,
      position: i + 1,
      side: employeeId ? 'OWN' : 'COUNTERPARTY',
      counterpartyId: parties[i] ?? null,
      seatId: (employeeId ?? contactId) as string,
      name,
      role,
      isSeal: isSeal ?? false,
    });
  await use.em.flush();
  await follow(use, row, 'SIGNER_CHANGED');
  await tellTurns(use, row);
}
const UNSIGNED = {
  onBehalfOf: null,
  state: 'WAITING',
  signedAt: null,
  sha256: null,
  method: null,
  phoneMasked: null,
  evidenceId: null,
  reason: null,
} as const;

export function checkExpiry(use: UseCase, expiresAt: Date): void {
  if (expiresAt <= use.now) throw invalid(['input', 'expiresAt'], 'IN_THE_PAST', { en: 'This moment is over.', 'zh-CN': '该时间已过。' });
}

/** Whoever may sign now is told so. */
export async function tellTurns(use: UseCase, row: ContractRow): Promise<void> {
  const turns = turnsOf(await signersOf(use, row), row.signingOrder ?? 'ANY');
  if (turns.length) await notify(use, row, 'YOUR_TURN', turns.map(seatOf));
}

/** A signature that is about to be given or refused. */
export interface Held {
  readonly row: ContractRow;
  readonly signer: SignerRow;
}
/**
 * Locks a contract for whoever is to sign it. The time is looked at here, whether or not the clock has noted that it is over.
 * @throws NotFound, FORBIDDEN, InvalidTransition, ContractSigningOver, ContractNotYourTurn
 */
export async function holdAsSigner(use: UseCase, move: 'sign' | 'decline', contractId: string): Promise<Held> {
  await holdContract(use, move, contractId);
  const row = await held(use, contractId);
  await refuseOver(use, row);
  const signers = await signersOf(use, row);
  const signer = signers.find(({ seatId }) => seatId === use.seat.id);
  const isFree = signer && (move === 'decline' ? signer.state === 'WAITING' : isTurnOf(signers, signer.id, row.signingOrder ?? 'ANY'));
  if (!isFree) throw contractNotYourTurn({}, ['input', 'contractId']);
  if (move === 'sign' && signer.isSeal) requireRight(use, contract.seal, 'CONTRACT_SEAL');
  if (move === 'sign') await askGuards(use, contractId);
  return { row, signer };
}
/** Other apps may find it too early, whichever way it is signed. */
async function askGuards(use: UseCase, contractId: string): Promise<void> {
  for (const { guard } of use.registered(signingGuards)) await guard(use, contractId);
}
export async function refuseOver(use: UseCase, { signingExpiresAt }: ContractRow): Promise<void> {
  if (signingExpiresAt && (await use.service(windowTime).clock(use)) >= signingExpiresAt)
    throw contractSigningOver({ expiredAt: signingExpiresAt }, ['input', 'contractId']);
}

/** What was shown must be what is to be signed, to the letter. @throws ContractChanged with what differs */
export async function refuseOtherHash(use: UseCase, { row }: Held, sha256: string): Promise<void> {
  if (sha256 === row.frozenSha256) return;
  const current = await currentOf(use, row);
  const shown = await use.em.findOne(
    ContractVersion,
    { contractId: row.id, sha256, sharedAt: { $ne: null } },
    { orderBy: { position: 'desc' } },
  );
  const changes = typeof shown?.text === 'string' && typeof current.text === 'string' ? textDiff(shown.text, current.text) : [];
  throw contractChanged({ current: current.id, changes }, SHA);
}

const signingOf = ({ id }: ContractRow, sha256: string): Signing => ({ purpose: PURPOSE, subject: { type: 'Contract', id }, sha256 });

/** Sends a code that signs this contract, as it was shown. */
export async function requestSigningCode(use: UseCase, { row }: Held, sha256: string) {
  return use.service(signaturesService).requestCode(use, { ...signingOf(row, sha256), name: row.number });
}

/** Signs by the code. @throws SigningCodeRefused */
export async function signContract(use: UseCase, { row, signer }: Held, { sha256, code }: { sha256: string; code: string }): Promise<void> {
  const given = { ...signingOf(row, sha256), signer: asSigner(signer), code };
  const evidence = await use.service(signaturesService).sign(use, given, ['input', 'code']);
  await signed(use, row, signer, { ...evidence, method: 'PHONE_CODE' });
}
const asSigner = ({ name, role, onBehalfOf }: SignerRow) => ({ name, role, onBehalfOf: onBehalfOf ?? undefined });

/** Finds a signature that is to come. @throws NotFound */
export async function waitingSigner(use: UseCase, contractId: string, signerId: string): Promise<Held> {
  const row = await held(use, contractId);
  const signer = await use.em.findOne(Signer, { id: signerId, contractId, round: row.round, state: 'WAITING' });
  if (!signer) throw notFound({}, ['input', 'signerId']);
  return { row, signer };
}
/** A signature on paper, which whoever drafted the contract has seen; for the seal, whoever keeps it. @throws ContractNotYourTurn, FORBIDDEN */
export async function recordPaperSignature(use: UseCase, { row, signer }: Held): Promise<void> {
  await refuseOver(use, row);
  if (!isTurnOf(await signersOf(use, row), signer.id, row.signingOrder ?? 'ANY')) throw contractNotYourTurn({}, ['input', 'signerId']);
  if (signer.isSeal) requireRight(use, contract.seal, 'CONTRACT_SEAL');
  await askGuards(use, row.id);
  const sha256 = row.frozenSha256 as string;
  const evidence = await use.service(signaturesService).recordPaper(use, { ...signingOf(row, sha256), signer: asSigner(signer) });
  await signed(use, row, signer, { ...evidence, method: 'PAPER' });
}

interface Given {
  readonly evidenceId: string;
  readonly signedAt: Date;
  readonly phoneMasked: string | null;
  readonly method: 'PHONE_CODE' | 'PAPER';
}
async function signed(use: UseCase, row: ContractRow, signer: SignerRow, given: Given): Promise<void> {
  Object.assign(signer, { ...given, state: 'SIGNED', sha256: row.frozenSha256 });
  const all = (await signersOf(use, row)).every(({ state }) => state === 'SIGNED');
  row.state = all ? 'SIGNED' : 'PART_SIGNED';
  row.voidAskedBy = null;
  await forgetConsents(use, row, 'VOID');
  if (all && row.amendsId) await supersede(use, row.amendsId);
  await follow(use, row, 'SIGNER_CHANGED');
  await notifyAll(use, row, 'SIGNED');
  if (!all) await tellTurns(use, row);
}
/** The one that was amended is superseded now, and not before: unless it has ended by itself. */
async function supersede(use: UseCase, contractId: string): Promise<void> {
  await use.em.flush();
  const locked = await use
    .on(Contract)
    .selectFrom('plg_contract.contracts')
    .select('id')
    .where('id', '=', contractId)
    .where('state', 'in', ['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED'])
    .forUpdate()
    .executeTakeFirst();
  if (!locked) return;
  const row = await held(use, contractId);
  row.state = 'SUPERSEDED';
  await follow(use, row, 'MOVED');
}

/** Refuses to sign: who drafted it and who has signed are told. */
export async function declineContract(use: UseCase, { row, signer }: Held, reason: string): Promise<void> {
  Object.assign(signer, { state: 'DECLINED', reason });
  Object.assign(row, { state: 'DECLINED', reason });
  await use.em.flush();
  await follow(use, row, 'SIGNER_CHANGED');
  await notifyAll(use, row, 'DECLINED');
}
