import { refs, tenantEntity } from '@guichet/sdk';
import { contractMoves } from './contract.moves.ts';

const STATES = Object.keys(contractMoves.states) as [keyof typeof contractMoves.states, ...(keyof typeof contractMoves.states)[]];
export const SIDES = ['OWN', 'COUNTERPARTY'] as const;

/** A contract. What the own side and the first counterparty are called is written down here, as the contract says it. */
export const Contract = tenantEntity(
  'plg_contract.contracts',
  (t) => ({
    version: t.version(),
    number: t.text(),
    title: t.text(),
    kind: t.text(),
    contactId: t.idOf(() => refs.Contact),
    drafterId: t.idOf(() => refs.Employee),
    state: t.oneOf(...STATES),
    amountMinor: t.bigint().check('amount_minor >= 0'),
    currency: t.text(),
    startsOn: t.date(),
    endsOn: t.date().nullable(),
    /** Months that it goes on for when it ends; null: it ends. */
    renewsMonths: t.integer().nullable(),
    /** Working days. */
    noticeDays: t.integer(),
    ownName: t.text(),
    counterpartyName: t.text(),
    counterpartyCode: t.text().nullable(),
    counterpartyAddress: t.text().nullable(),
    /** The form of the review that is under way, or was the last. */
    formId: t.idOf(() => refs.BusinessForm).nullable(),
    isInReview: t.boolean().default(false),
    currentVersionId: t.uuid().nullable(),
    approvedVersionId: t.uuid().nullable(),
    frozenSha256: t.text().nullable(),
    sharedAt: t.timestamptz().nullable(),
    /** The last that the counterparty has. */
    sharedVersionId: t.uuid().nullable(),
    signingOrder: t.oneOf('IN_ORDER', 'ANY').nullable(),
    signingExpiresAt: t.timestamptz().nullable(),
    /** Raised whenever it is sent to be signed: those of former rounds stay, as they were. */
    round: t.integer().default(0),
    amendsId: t.uuid().nullable(),
    /** The side that wants it void, where the other has still to agree. */
    voidAskedBy: t.oneOf(...SIDES).nullable(),
    terminationAskedBy: t.oneOf(...SIDES).nullable(),
    endsEarlyOn: t.date().nullable(),
    reason: t.text().nullable(),
    createdAt: t.timestamptz(),
  }),
  {
    indexes: {
      contracts_number: { columns: ['number'], unique: true },
      contracts_contact: { columns: ['contactId', '-id'] },
      contracts_drafter: { columns: ['drafterId', '-id'] },
      contracts_form: { columns: ['formId'], where: 'form_id is not null' },
      contracts_ending: { columns: ['endsOn', 'id'], where: `state in ('ACTIVE', 'EXPIRING', 'RENEWED')` },
      contracts_waiting: { columns: ['state', 'id'] },
      contracts_amending: { columns: ['amendsId'], where: 'amends_id is not null' },
    },
  },
);

/** What a contract says, as it was at one time: a text or a file. It is never changed. */
export const ContractVersion = tenantEntity(
  'plg_contract.versions',
  (t) => ({
    contractId: t.idOf(() => Contract),
    position: t.integer(),
    text: t.text().nullable(),
    fileId: t.idOf(() => refs.File).nullable(),
    sha256: t.text(),
    note: t.text().nullable(),
    authorId: t.idOf(() => refs.Employee),
    createdAt: t.timestamptz(),
    sharedAt: t.timestamptz().nullable(),
  }),
  {
    checks: { versions_text_or_file: 'num_nonnulls(text, file_id) = 1' },
    indexes: { versions_position: { columns: ['contractId', 'position'], unique: true }, versions_hash: { columns: ['sha256'] } },
  },
);

/** What is said inside, and never outside: no row of it leads to the portal. */
export const InternalComment = tenantEntity(
  'plg_contract.internal_comments',
  (t) => ({
    contractId: t.idOf(() => Contract),
    versionId: t.idOf(() => ContractVersion),
    authorId: t.idOf(() => refs.Employee),
    text: t.text(),
    createdAt: t.timestamptz(),
  }),
  { indexes: { internal_comments_contract: { columns: ['contractId', '-id'] } } },
);
/** What both sides say to a version that both have; with another wording, where one is proposed. */
export const SharedComment = tenantEntity(
  'plg_contract.shared_comments',
  (t) => ({
    contractId: t.idOf(() => Contract),
    versionId: t.idOf(() => ContractVersion),
    side: t.oneOf(...SIDES),
    authorId: t.uuid(),
    text: t.text(),
    proposedText: t.text().nullable(),
    createdAt: t.timestamptz(),
  }),
  { indexes: { shared_comments_contract: { columns: ['contractId', '-id'] } } },
);

/** Somebody who is to sign. The core keeps the evidence; what of it everybody may read stands here too. */
export const Signer = tenantEntity(
  'plg_contract.signers',
  (t) => ({
    contractId: t.idOf(() => Contract),
    round: t.integer(),
    position: t.integer(),
    side: t.oneOf(...SIDES),
    /** For which further counterparty; null: for the first, or inside. */
    counterpartyId: t.uuid().nullable(),
    seatId: t.uuid(),
    name: t.text(),
    role: t.text(),
    onBehalfOf: t.text().nullable(),
    /** Signs for the seal: behind all others inside, whatever the order. */
    isSeal: t.boolean().default(false),
    state: t.oneOf('WAITING', 'SIGNED', 'DECLINED', 'VOIDED'),
    signedAt: t.timestamptz().nullable(),
    sha256: t.text().nullable(),
    method: t.oneOf('PHONE_CODE', 'PAPER').nullable(),
    phoneMasked: t.text().nullable(),
    evidenceId: t.uuid().nullable(),
    reason: t.text().nullable(),
  }),
  {
    indexes: {
      signers_position: { columns: ['contractId', 'round', 'position'], unique: true },
      signers_seal: { columns: ['contractId', 'round'], unique: true, where: 'is_seal' },
      signers_seat: { columns: ['contractId', 'round', 'seatId'], unique: true },
    },
  },
);

/** Who looks on for a counterparty, by the name that they had when they were named. */
export const Viewer = tenantEntity(
  'plg_contract.viewers',
  (t) => ({
    contractId: t.idOf(() => Contract),
    contactId: t.idOf(() => refs.Contact),
    /** For which further counterparty; null: for the first. */
    counterpartyId: t.uuid().nullable(),
    name: t.text().default(''),
    since: t.timestamptz(),
  }),
  {
    indexes: {
      viewers_one: { columns: ['contractId', 'contactId'], unique: true },
      viewers_contact: { columns: ['contactId', 'contractId'] },
    },
  },
);

/** What one side has to do by a day. */
export const Obligation = tenantEntity(
  'plg_contract.obligations',
  (t) => ({
    contractId: t.idOf(() => Contract),
    title: t.text(),
    side: t.oneOf(...SIDES),
    dueOn: t.date(),
    doneAt: t.timestamptz().nullable(),
    /** Days before it was due when it was last told of. */
    toldDays: t.integer().nullable(),
  }),
  {
    indexes: {
      obligations_due: { columns: ['dueOn', 'id'], where: 'done_at is null' },
      obligations_contract: { columns: ['contractId', 'dueOn'] },
    },
  },
);

/** A review of a version, as a business form of the core among colleagues. */
export const Review = tenantEntity('plg_contract.reviews', (t) => ({
  formId: t.idOf(() => refs.BusinessForm).primary(),
  contractId: t.idOf(() => Contract),
  versionId: t.idOf(() => ContractVersion),
}));

/** Clauses with variables in braces, from which first versions are written. */
export const ContractTemplate = tenantEntity(
  'plg_contract.templates',
  (t) => ({
    version: t.version(),
    name: t.text(),
    kind: t.text(),
    clauses: t.json<readonly { readonly heading: string; readonly text: string }[]>(),
  }),
  { indexes: { templates_name: { columns: ['name'], unique: true } } },
);

export const contracts = Contract.table;
export const contractVersions = ContractVersion.table;
export const internalComments = InternalComment.table;
export const sharedComments = SharedComment.table;
export const signers = Signer.table;
export const viewers = Viewer.table;
export const obligations = Obligation.table;
export const reviews = Review.table;
export const contractTemplates = ContractTemplate.table;
