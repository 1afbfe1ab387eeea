import { COLLEAGUE, type EntityRole, exists, heldByAll, type RowHandle, type Sql, sql } from '../../sdk/index.ts';
import { adminsOf } from '../directory/index.ts';
import { pluginStates } from '../organization/index.ts';
import { shownTo } from '../service-window/index.ts';
import { CHOSEN_OF_APP, windowAppTable } from './window-app.entity.ts';

/** The module is loaded, and the organization has it switched on. */
const isThere = (row: RowHandle<typeof windowAppTable>): Sql =>
  sql`not ${row.is_gone} and not ${exists(row, { off: pluginStates }, ({ off }) => sql`${off.plugin} = ${row.plugin} and not ${off.enabled}`)}`;

export const windowAppRoles: readonly EntityRole[] = [
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
  adminsOf('WINDOW'),
  shownTo({ item: windowAppTable, ...CHOSEN_OF_APP }, isThere),
];
