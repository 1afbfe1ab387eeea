import {
  ADMIN,
  type EntityRole,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  refs,
  type Seat,
  sql,
  types,
  valueFrom,
  WINDOW_MEMBER,
  way,
} from '@guichet/sdk';
import { buyers, creditAccounts } from './credit.entity.ts';
import type { disputePhotos, disputes } from './dispute.entity.ts';
import { type orderLines, orders } from './order.entity.ts';
import { orderRequests } from './order-request.entity.ts';
import { APPROVER, BUYER, CASHIER, COMPANY, ordering, RECEIVER, SHIPPER } from './permissions.ts';
import type { returnLines, returns } from './return.entity.ts';
import type { shipmentLines, shipments } from './shipment.entity.ts';

export const SHIPPER_ROLE = heldByAll(SHIPPER, ({ rights }) => rights.get('ORDERING_FULFIL') === 'ALL');
export const CASHIER_ROLE = heldByAll(CASHIER, ({ rights }) => rights.get('ORDERING_PAYMENT') === 'ALL');
/** Roles that hang on the form of an order. */
export const OF_FORM = ordering.shipping.roles.filter((role) => role !== SHIPPER && role !== RECEIVER);

const keeper: EntityRole = heldByAll(ADMIN, ({ rights }) => rights.get('ORDERING_CREDIT') === 'ALL');
const atWindow = ({ traits }: Pick<Seat, 'traits'>): boolean => traits.has(WINDOW_MEMBER);

/** Toward an order: whoever ordered it, and has not come to look on in the company for which it was. */
export const BUYER_ROLE: EntityRole = heldToward(
  BUYER,
  [
    way(orders, {}, ({ row, seat }) => {
      const role = valueFrom(row, { named: buyers }, ({ named }) => ({
        value: named.role,
        where: sql`${named.contact_id} = ${row.contact_id} and ${named.company_id} = ${row.company_id}`,
      }));
      return sql`${row.contact_id} = ${seat.me} and ${role} is distinct from 'VIEWER'`;
    }),
  ],
  atWindow,
);

/** Tables whose rows are an order, or of one: `form_id` says of which. */
type OfOrder =
  | typeof orders
  | typeof orderLines
  | typeof shipments
  | typeof shipmentLines
  | typeof returns
  | typeof returnLines
  | typeof disputes
  | typeof disputePhotos;

/** Toward what is of an order: whoever was named for the site that it goes to, while they and it are of the same company. */
const receiverToward = (of: OfOrder): EntityRole =>
  heldToward(
    RECEIVER,
    [
      way(
        of as typeof shipments,
        { named: buyers, ordered: orders, mine: refs.Contact },
        ({ row, seat, named, ordered, mine }) =>
          sql`${named.contact_id} = ${seat.me} and ${named.role} = 'VIEWER' and ${ordered.form_id} = ${row.form_id}
            and ${ordered.company_id} = ${named.company_id} and ${ordered.site} = ${named.site}
            and ${mine.id} = ${seat.me} and ${mine.deleted_at} is null and ${mine.company_id} = ${named.company_id}`,
      ),
    ],
    atWindow,
  );

/** Toward what becomes of the goods of an order. */
export const shippingRoles = (builder: GuichetBuilder, of: OfOrder): EntityRole[] => [
  ...builder.rolesThrough(types.BusinessForm, of as typeof shipments, 'form_id', OF_FORM),
  SHIPPER_ROLE,
  receiverToward(of),
];

/** Toward a company: whoever keeps credit, where it has a line or somebody who could order. */
export const companyRoles: readonly EntityRole[] = [
  heldToward(
    ADMIN,
    [
      way(refs.Company, { account: creditAccounts }, ({ row, account }) => sql`${account.company_id} = ${row.id}`),
      way(refs.Company, { of: refs.Contact }, ({ row, of }) => sql`${of.company_id} = ${row.id} and ${of.deleted_at} is null`),
    ],
    ({ rights }) => rights.get('ORDERING_CREDIT') === 'ALL',
  ),
];

export const buyerRoles: readonly EntityRole[] = [keeper];
export const creditRoles: readonly EntityRole[] = [
  keeper,
  CASHIER_ROLE,
  heldToward(
    COMPANY,
    [
      way(
        creditAccounts,
        { mine: refs.Contact, named: buyers },
        ({ row, seat, mine, named }) =>
          sql`${named.contact_id} = ${seat.me} and ${named.company_id} = ${row.company_id} and ${named.site} is null
            and ${mine.id} = ${seat.me} and ${mine.deleted_at} is null and ${mine.company_id} = ${row.company_id}`,
      ),
    ],
    atWindow,
  ),
];

/** Who asks, and who decides in the company that all three still belong to: the request, who asks and who decides. */
export const requestRoles: readonly EntityRole[] = [
  heldToward(EXTERNAL, [way(orderRequests, {}, ({ row, seat }) => sql`${row.contact_id} = ${seat.me}`)], atWindow),
  heldToward(
    APPROVER,
    [
      way(
        orderRequests,
        { mine: refs.Contact, named: buyers },
        ({ row, seat, mine, named }) =>
          sql`${named.contact_id} = ${seat.me} and ${named.role} = 'APPROVER' and ${named.company_id} = ${row.company_id}
            and ${mine.id} = ${seat.me} and ${mine.deleted_at} is null and ${mine.company_id} = ${row.company_id} and ${row.contact_id} <> ${seat.me}`,
      ),
    ],
    atWindow,
  ),
];
