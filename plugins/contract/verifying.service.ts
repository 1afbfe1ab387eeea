import type { Transaction, UseCase } from '@guichet/sdk';
import { Contract, Signer } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';
import { Counterparty } from './counterparty.entity.ts';

/** A document, as whoever asks knows it. */
export interface AskedDocument {
  readonly sha256: string;
  /** Of the contract that it is; left out: one of the seat's own. */
  readonly number?: string | null;
}
/** What is known of a document. */
export interface Verification {
  readonly sha256: string;
  readonly isSigned: boolean;
  readonly isInForce: boolean;
  readonly signatures: number;
  /** ISO 8601 */
  readonly lastSignedAt: string | null;
}
/** All have signed, and it was not made void. */
export const SIGNED: ReadonlySet<ContractState> = new Set([
  ...(['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'] as const),
]);
const IN_FORCE: ReadonlySet<ContractState> = new Set(['ACTIVE', 'EXPIRING', 'RENEWED']);

const statementsOf = (use: UseCase) => use.on(Contract, Signer, Counterparty);
type Statements = ReturnType<typeof statementsOf>;

/**
 * Whether a document is what was signed. Many contracts can have one text, so it is asked of one of them: by its number, which whoever has the
 * document may know, or of the newest that the seat has drafted or signed or is the other side of. Of what others have signed nothing is told,
 * nor is it added up.
 */
export const verified = (use: UseCase, asked: AskedDocument): Promise<Verification> => verify(statementsOf(use), asked, use.seat?.id);
/** The same for resolvers. @param me UUID of the seat */
export const verifiedIn = (transaction: Transaction, asked: AskedDocument, me: string): Promise<Verification> =>
  verify(transaction.on(TABLES) as never, asked, me);

const TABLES = {
  'plg_contract.contracts': Contract.table,
  'plg_contract.signers': Signer.table,
  'plg_contract.counterparties': Counterparty.table,
};

async function verify(rows: Statements, asked: AskedDocument, me: string | undefined): Promise<Verification> {
  const sha256 = asked.sha256.trim().toLowerCase();
  const row = await contractOf(rows, sha256, asked.number?.trim().toUpperCase(), me);
  const signed = row
    ? await rows
        .selectFrom('plg_contract.signers')
        .select('signed_at')
        .where('contract_id', '=', row.id)
        .where('round', '=', row.round)
        .where('sha256', '=', sha256)
        .where('state', '=', 'SIGNED')
        .orderBy('signed_at')
        .execute()
    : [];
  return {
    sha256,
    isSigned: row !== undefined && SIGNED.has(row.state),
    isInForce: row !== undefined && IN_FORCE.has(row.state),
    signatures: signed.length,
    lastSignedAt: signed.at(-1)?.signed_at?.toISOString() ?? null,
  };
}

/** A contract of a text: by its number, or the newest that is the seat's own. */
async function contractOf(rows: Statements, sha256: string, number: string | undefined, me: string | undefined) {
  if (!number && me === undefined) return undefined;
  const signedBy = rows.selectFrom('plg_contract.signers').select('contract_id').where('seat_id', '=', me!).where('sha256', '=', sha256);
  const madeWith = rows.selectFrom('plg_contract.counterparties').select('contract_id').where('contact_id', '=', me!);
  return rows
    .selectFrom('plg_contract.contracts')
    .select(['id', 'round', 'state'])
    .where('frozen_sha256', '=', sha256)
    .where((of) =>
      number
        ? of('number', '=', number)
        : of.or([of('contact_id', '=', me!), of('drafter_id', '=', me!), of('id', 'in', signedBy), of('id', 'in', madeWith)]),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
