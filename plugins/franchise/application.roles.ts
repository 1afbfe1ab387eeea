import {
  ADMIN,
  COLLEAGUE,
  type EntityRole,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  OWNER,
  OWNERS_SUPERVISOR,
  type Role,
  type Seat,
  sql,
  types,
  WINDOW_MEMBER,
  way,
} from '@guichet/sdk';
import { applications, coApplicants } from './application.entity.ts';
import { ballots, scores, siteVisits } from './dossier.entity.ts';
import { APPLICANT, FINANCE, INSPECTOR, MEMBER, OWN_SCORE, SCORER, VERIFIER } from './permissions.ts';
import { FranchiseApplication } from './refs.ts';

const isMember = ({ kind, traits }: Seat): boolean => kind === 'CONTACT' && traits.has(WINDOW_MEMBER);
const byRight = (role: Role, right: string): EntityRole => heldByAll(role, ({ rights }) => rights.get(right) === 'ALL');

/** Toward brands, territories and sheets: everybody inside, and contacts at the window. */
export const catalogueRoles: readonly EntityRole[] = [
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
  byRight(ADMIN, 'PLUGINS'),
  heldByAll(EXTERNAL, isMember),
];
export const staffRoles = catalogueRoles.slice(0, -1);

/** Toward an application. Its recruiter is whoever answers for the contact: with the contact it changes hands. */
export const applicationRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(types.Contact, applications, 'contact_id', [OWNER, OWNERS_SUPERVISOR]),
  byRight(ADMIN, 'PLUGINS'),
  byRight(VERIFIER, 'FRANCHISE_VERIFY'),
  byRight(FINANCE, 'FRANCHISE_FINANCE'),
  heldToward(INSPECTOR, [
    way(
      applications,
      { visit: siteVisits },
      ({ row, seat, visit }) => sql`${visit.application_id} = ${row.id} and ${visit.inspector_id} = ${seat.me}`,
    ),
  ]),
  heldToward(SCORER, [
    way(
      applications,
      { score: scores },
      ({ row, seat, score }) =>
        sql`${score.application_id} = ${row.id} and ${score.scorer_id} = ${seat.me} and ${score.state} <> 'RECUSED'`,
    ),
  ]),
  heldToward(MEMBER, [
    way(
      applications,
      { ballot: ballots },
      ({ row, seat, ballot }) =>
        sql`${ballot.application_id} = ${row.id} and ${ballot.round} = ${row.round} and ${ballot.member_id} = ${seat.me} and ${ballot.state} <> 'RECUSED'`,
    ),
  ]),
  heldToward(
    EXTERNAL,
    [
      way(applications, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`),
      way(
        applications,
        { co: coApplicants },
        ({ row, seat, co }) => sql`${co.application_id} = ${row.id} and ${co.contact_id} = ${seat.me}`,
      ),
    ],
    isMember,
  ),
  heldToward(APPLICANT, [way(applications, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], isMember),
];

/** Toward a score: one’s own, and once all are in those of the application. A role that hangs on the seat alone would not wait for that. */
export const scoreRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(FranchiseApplication, scores, 'opened_id', [OWNER, OWNERS_SUPERVISOR, SCORER, MEMBER]),
  heldToward(ADMIN, [way(scores, {}, ({ row }) => sql`${row.opened_id} is not null`)], ({ rights }) => rights.get('PLUGINS') === 'ALL'),
  heldToward(OWN_SCORE, [way(scores, {}, ({ row, seat }) => sql`${row.scorer_id} = ${seat.me} and ${row.state} <> 'RECUSED'`)]),
];
