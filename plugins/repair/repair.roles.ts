import {
  ADMIN,
  type EntityRole,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  OWNER,
  OWNERS_SUPERVISOR,
  type Role,
  type Sql,
  sql,
  types,
  WINDOW_MEMBER,
  way,
} from '@guichet/sdk';
import { assets } from './asset.entity.ts';
import { labour } from './labour.entity.ts';
import { orders } from './order.entity.ts';
import { partUses } from './part.entity.ts';
import { FORM_READERS } from './permissions.ts';
import { photos } from './photo.entity.ts';
import { quotes } from './quote.entity.ts';
import { RepairOrder, RepairVisit } from './refs.ts';
import { DISPATCHER, ON_DUTY, PARTS_KEEPER, QUOTER, TECHNICIAN, TRIAGER } from './roles.ts';
import { signatures } from './signature.entity.ts';
import { visits } from './visit.entity.ts';

const byRight = (role: Role, right: string): EntityRole => heldByAll(role, ({ rights }) => rights.get(right) === 'ALL');
/** Roles that hang on the plugin's rights alone. */
export const deskRoles: readonly EntityRole[] = [
  byRight(TRIAGER, 'REPAIR_TRIAGE'),
  byRight(QUOTER, 'REPAIR_QUOTE'),
  byRight(DISPATCHER, 'REPAIR_DISPATCH'),
  byRight(PARTS_KEEPER, 'REPAIR_PARTS'),
];
const atWindow = ({ traits }: { readonly traits: ReadonlySet<string> }): boolean => traits.has(WINDOW_MEMBER);

/** While a visit is to be made or is under way: where a machine stands is its technician's to know so long. */
const onDuty = (state: Sql): Sql => sql`${state} in ('DISPATCHED', 'ACCEPTED', 'EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'ON_HOLD')`;

export const orderRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(types.BusinessForm, orders, 'form_id', [...FORM_READERS, EXTERNAL]),
  ...deskRoles,
  heldToward(TECHNICIAN, [
    way(
      orders,
      { visit: visits },
      ({ row, seat, visit }) =>
        sql`${visit.order_id} = ${row.id} and ${visit.technician_id} = ${seat.me} and ${visit.state} <> 'SCHEDULED'`,
    ),
  ]),
  heldToward(ON_DUTY, [
    way(
      orders,
      { visit: visits },
      ({ row, seat, visit }) => sql`${visit.order_id} = ${row.id} and ${visit.technician_id} = ${seat.me} and ${onDuty(visit.state)}`,
    ),
  ]),
];

/** A technician sees their own visits, from dispatch on; a customer those that they were told of. */
export const visitRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairOrder, visits, 'order_id', FORM_READERS),
  ...deskRoles,
  heldToward(TECHNICIAN, [way(visits, {}, ({ row, seat }) => sql`${row.technician_id} = ${seat.me} and ${row.state} <> 'SCHEDULED'`)]),
  heldToward(
    EXTERNAL,
    [
      way(
        visits,
        { repaired: orders },
        ({ row, seat, repaired }) => sql`${repaired.id} = ${row.order_id} and ${repaired.contact_id} = ${seat.me} and ${row.told}`,
      ),
    ],
    atWindow,
  ),
];

export const quoteRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairOrder, quotes, 'order_id', [...FORM_READERS, TECHNICIAN, EXTERNAL]),
  ...deskRoles,
];
export const signatureRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairOrder, signatures, 'order_id', [...FORM_READERS, TECHNICIAN, EXTERNAL]),
  ...deskRoles,
];
export const partUseRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairVisit, partUses, 'visit_id', [...FORM_READERS, TECHNICIAN, EXTERNAL]),
  ...deskRoles,
];
/** A customer is shown what is charged of visits that they were told of. */
export const labourRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairVisit, labour, 'visit_id', [...FORM_READERS, TECHNICIAN]),
  ...deskRoles,
  heldToward(
    EXTERNAL,
    [
      way(
        labour,
        { visit: visits, repaired: orders },
        ({ row, seat, visit, repaired }) =>
          sql`${visit.id} = ${row.visit_id} and ${repaired.id} = ${visit.order_id} and ${repaired.contact_id} = ${seat.me} and ${visit.told} and ${row.chargeable}`,
      ),
    ],
    atWindow,
  ),
];
/** What was taken for those inside alone, the customer does not see. */
export const photoRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(RepairOrder, photos, 'order_id', [...FORM_READERS, TECHNICIAN]),
  ...deskRoles,
  heldToward(
    EXTERNAL,
    [
      way(
        photos,
        { repaired: orders },
        ({ row, seat, repaired }) => sql`${repaired.id} = ${row.order_id} and ${repaired.contact_id} = ${seat.me} and ${row.shown}`,
      ),
    ],
    atWindow,
  ),
];
export const assetRoles = (builder: GuichetBuilder): EntityRole[] => [
  ...builder.rolesThrough(types.Contact, assets, 'contact_id', [OWNER, OWNERS_SUPERVISOR]),
  heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
  ...deskRoles,
  heldToward(TECHNICIAN, [
    way(
      assets,
      { repaired: orders, visit: visits },
      ({ row, seat, repaired, visit }) =>
        sql`${repaired.asset_id} = ${row.id} and ${visit.order_id} = ${repaired.id} and ${visit.technician_id} = ${seat.me} and ${onDuty(visit.state)}`,
    ),
  ]),
  heldToward(EXTERNAL, [way(assets, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], atWindow),
];
