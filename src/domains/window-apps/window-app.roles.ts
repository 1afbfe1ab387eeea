import {
  COLLEAGUE,
  type EntityRole,
  EXTERNAL,
  exists,
  heldByAll,
  heldToward,
  type RowHandle,
  type Sql,
  sql,
  WINDOW_MEMBER,
  way,
} from '../../sdk/index.ts';
import { contactTags } from '../contacts/index.ts';
import { adminsOf } from '../directory/index.ts';
import { pluginStates } from '../organization/index.ts';
import { windowAppContacts, windowAppTable, windowAppTags } from './window-app.entity.ts';

/** The module is loaded, and the organization has it switched on. */
const isThere = (row: RowHandle<typeof windowAppTable>): Sql =>
  sql`not ${row.is_gone} and not ${exists(row, { off: pluginStates }, ({ off }) => sql`${off.plugin} = ${row.plugin} and not ${off.enabled}`)}`;

/** To whom a tile is shown (spec 5.8): asked of the database each time, so that a tag that was taken away a second ago counts no more. */
export const windowAppRoles: readonly EntityRole[] = [
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
  adminsOf('WINDOW'),
  heldToward(
    EXTERNAL,
    [
      way(windowAppTable, {}, ({ row }) => sql`${row.is_for_all} and ${isThere(row)}`),
      way(
        windowAppTable,
        { chosen: windowAppContacts },
        ({ row, seat, chosen }) => sql`${chosen.app_id} = ${row.id} and ${chosen.contact_id} = ${seat.me} and ${isThere(row)}`,
      ),
      way(
        windowAppTable,
        { shown: windowAppTags, carried: contactTags },
        ({ row, seat, shown, carried }) =>
          sql`${shown.app_id} = ${row.id} and ${carried.tag_id} = ${shown.tag_id} and ${carried.contact_id} = ${seat.me} and ${isThere(row)}`,
      ),
    ],
    ({ traits }) => traits.has(WINDOW_MEMBER),
  ),
];
