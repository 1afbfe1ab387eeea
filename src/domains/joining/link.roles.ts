import { ADMIN, type EntityRole, forbidden, heldByAll, heldToward, type Seat, sql, way } from '../../sdk/index.ts';
import { joining, LINK_SHARER } from './permissions.ts';
import { windowLinks } from './window-link.entity.ts';

export const isWindowAdmin = ({ rights }: Pick<Seat, 'rights'>): boolean => rights.get('WINDOW') === 'ALL';

export const linkRoles: readonly EntityRole[] = [
  heldByAll(ADMIN, isWindowAdmin),
  heldToward(LINK_SHARER, [way(windowLinks, {}, ({ row, seat }) => sql`${row.sharer_id} = ${seat.me}`)]),
];
/** Toward applications: whoever applied has no seat yet. */
export const applicationRoles: readonly EntityRole[] = [heldByAll(ADMIN, isWindowAdmin)];

/** @throws FORBIDDEN */
export function refuseOthers(seat: Seat): void {
  if (!isWindowAdmin(seat)) throw forbidden(joining.read);
}
