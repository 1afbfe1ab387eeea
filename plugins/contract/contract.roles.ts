import {
  ADMIN,
  type EntityRole,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  PARTICIPANT,
  refs,
  type Seat,
  sql,
  types,
  WINDOW_MEMBER,
  way,
} from '@guichet/sdk';
import { contracts, contractVersions, signers, viewers } from './contract.entity.ts';
import { counterparties } from './counterparty.entity.ts';
import { CLOCK, COUNTERSIGNER, contract, DRAFTER, REVIEWER, SIGNER, VIEWER } from './permissions.ts';
import { Contract } from './refs.ts';

const isMember = ({ kind, traits }: Seat): boolean => kind === 'CONTACT' && traits.has(WINDOW_MEMBER);
const isAdmin = ({ rights }: Seat): boolean => rights.get('PLUGINS') === 'ALL';
const isReviewer = ({ rights }: Seat): boolean => rights.get('CONTRACT_LEGAL') === 'ALL' || rights.get('CONTRACT_FINANCE') === 'ALL';

/** Toward a contract. Nothing of it is the counterparty's before something was shared with it. */
export const contractRoles = (builder: GuichetBuilder): EntityRole[] => [
  heldByAll(ADMIN, isAdmin),
  heldByAll(REVIEWER, isReviewer),
  heldByAll(CLOCK, () => false),
  heldToward(DRAFTER, [way(contracts, {}, ({ row, seat }) => sql`${row.drafter_id} = ${seat.me}`)]),
  heldToward(SIGNER, [
    way(
      contracts,
      { signer: signers },
      ({ row, seat, signer }) =>
        sql`${signer.contract_id} = ${row.id} and ${signer.round} = ${row.round} and ${signer.seat_id} = ${seat.me}`,
    ),
  ]),
  heldToward(
    EXTERNAL,
    [
      way(contracts, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me} and ${row.shared_at} is not null`),
      way(
        contracts,
        { side: counterparties },
        ({ row, seat, side }) => sql`${side.contract_id} = ${row.id} and ${side.contact_id} = ${seat.me} and ${row.shared_at} is not null`,
      ),
    ],
    isMember,
  ),
  heldToward(
    VIEWER,
    [
      way(
        contracts,
        { viewer: viewers, mine: refs.Contact, side: refs.Contact },
        ({ row, seat, viewer, mine, side }) =>
          sql`${viewer.contract_id} = ${row.id} and ${viewer.contact_id} = ${seat.me} and ${row.shared_at} is not null
            and ${viewer.counterparty_id} is null and ${mine.id} = ${seat.me} and ${side.id} = ${row.contact_id} and ${mine.company_id} = ${side.company_id}`,
      ),
      way(
        contracts,
        { viewer: viewers, mine: refs.Contact, side: refs.Contact, further: counterparties },
        ({ row, seat, viewer, mine, side, further }) =>
          sql`${viewer.contract_id} = ${row.id} and ${viewer.contact_id} = ${seat.me} and ${row.shared_at} is not null
            and ${viewer.counterparty_id} = ${further.id} and ${mine.id} = ${seat.me} and ${further.contract_id} = ${row.id} and ${side.id} = ${further.contact_id}
            and ${mine.company_id} = ${side.company_id}`,
      ),
    ],
    isMember,
  ),
  heldToward(
    COUNTERSIGNER,
    [
      way(
        contracts,
        { signer: signers },
        ({ row, seat, signer }) =>
          sql`${signer.contract_id} = ${row.id} and ${signer.round} = ${row.round} and ${signer.seat_id} = ${seat.me}`,
      ),
    ],
    isMember,
  ),
  ...builder.rolesThrough(types.BusinessForm, contracts, 'form_id', [PARTICIPANT]),
];

/** Toward who looks on: a counterparty is told who does for it, as long as they are of its company. */
export const viewerRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(Contract, viewers, 'contract_id', contract.inside.roles),
  heldToward(
    EXTERNAL,
    [
      way(
        viewers,
        { of: contracts, theirs: refs.Contact, side: refs.Contact },
        ({ row, seat, of, theirs, side }) =>
          sql`${of.id} = ${row.contract_id} and ${of.contact_id} = ${seat.me} and ${of.shared_at} is not null and ${theirs.id} = ${row.contact_id}
            and ${theirs.deleted_at} is null and ${row.counterparty_id} is null and ${side.id} = ${seat.me} and ${theirs.company_id} = ${side.company_id}`,
      ),
      way(
        viewers,
        { of: contracts, theirs: refs.Contact, side: refs.Contact, further: counterparties },
        ({ row, seat, of, theirs, side, further }) =>
          sql`${of.id} = ${row.contract_id} and ${further.contract_id} = ${of.id} and ${further.contact_id} = ${seat.me}
            and ${of.shared_at} is not null and ${theirs.id} = ${row.contact_id} and ${theirs.deleted_at} is null
            and ${row.counterparty_id} = ${further.id} and ${side.id} = ${seat.me} and ${theirs.company_id} = ${side.company_id}`,
      ),
    ],
    isMember,
  ),
];

/** Toward a version: inside as toward its contract; the counterparty where it was shared with it; who signs outside toward what they sign. */
export const versionRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(Contract, contractVersions, 'contract_id', contract.inside.roles),
  heldToward(
    EXTERNAL,
    [
      way(
        contractVersions,
        { of: contracts },
        ({ row, seat, of }) => sql`${of.id} = ${row.contract_id} and ${of.contact_id} = ${seat.me} and ${row.shared_at} is not null`,
      ),
      way(
        contractVersions,
        { side: counterparties },
        ({ row, seat, side }) =>
          sql`${side.contract_id} = ${row.contract_id} and ${side.contact_id} = ${seat.me} and ${row.shared_at} is not null`,
      ),
    ],
    isMember,
  ),
  heldToward(
    VIEWER,
    [
      way(
        contractVersions,
        { viewer: viewers, of: contracts, mine: refs.Contact, side: refs.Contact },
        ({ row, seat, viewer, of, mine, side }) =>
          sql`${viewer.contract_id} = ${row.contract_id} and ${viewer.contact_id} = ${seat.me} and ${row.shared_at} is not null
            and ${viewer.counterparty_id} is null and ${of.id} = ${row.contract_id} and ${mine.id} = ${seat.me} and ${side.id} = ${of.contact_id}
            and ${mine.company_id} = ${side.company_id}`,
      ),
      way(
        contractVersions,
        { viewer: viewers, mine: refs.Contact, side: refs.Contact, further: counterparties },
        ({ row, seat, viewer, mine, side, further }) =>
          sql`${viewer.contract_id} = ${row.contract_id} and ${viewer.contact_id} = ${seat.me} and ${row.shared_at} is not null
            and ${viewer.counterparty_id} = ${further.id} and ${mine.id} = ${seat.me} and ${further.contract_id} = ${row.contract_id} and ${side.id} = ${further.contact_id}
            and ${mine.company_id} = ${side.company_id}`,
      ),
    ],
    isMember,
  ),
  heldToward(
    COUNTERSIGNER,
    [
      way(
        contractVersions,
        { signer: signers, of: contracts },
        ({ row, seat, signer, of }) =>
          sql`${signer.contract_id} = ${row.contract_id} and ${of.id} = ${row.contract_id} and ${signer.round} = ${of.round} and ${signer.seat_id} = ${seat.me}
            and ${row.id} = ${of.current_version_id} and ${row.sha256} = ${of.frozen_sha256} and ${of.state} <> 'APPROVED_TO_SIGN'`,
      ),
    ],
    isMember,
  ),
];
