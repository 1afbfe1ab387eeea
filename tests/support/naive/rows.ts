import type pg from 'pg';
import { cartLines, carts } from '../../../plugins/ordering/cart.entity.ts';
import { disputePhotos, disputes } from '../../../plugins/ordering/dispute.entity.ts';
import { orderLines, orders, reservations } from '../../../plugins/ordering/order.entity.ts';
import { orderChangeLines, orderChanges } from '../../../plugins/ordering/order-change.entity.ts';
import { payments } from '../../../plugins/ordering/payment.entity.ts';
import { listPrices, priceListAudience, priceLists } from '../../../plugins/ordering/price-list.entity.ts';
import { products } from '../../../plugins/ordering/product.entity.ts';
import { returnLines, returns } from '../../../plugins/ordering/return.entity.ts';
import { shipmentLines, shipments } from '../../../plugins/ordering/shipment.entity.ts';
import {
  articleCategories,
  articleContacts,
  articleRatings,
  articleSearchTerms,
  articles,
  articleTags,
  articleVersions,
} from '../../../src/domains/articles/article.entity.ts';
import { contactHistory } from '../../../src/domains/contacts/contact-history.entity.ts';
import {
  companies,
  contactFields,
  contactFieldTerms,
  contactSearchTerms,
  contactShares,
  contacts,
  contactTags,
  tagGroups,
  tagSearchTerms,
  tags,
} from '../../../src/domains/contacts/index.ts';
import {
  adminRights,
  departmentClosure,
  departmentMembers,
  departments,
  employeeSearchTerms,
  employees,
} from '../../../src/domains/directory/index.ts';
import {
  businessForms,
  formComments,
  formHistory,
  formParticipants,
  formTasks,
  formTemplates,
  formTemplateVersions,
} from '../../../src/domains/forms/index.ts';
import { interactions } from '../../../src/domains/interactions/index.ts';
import { organizations } from '../../../src/domains/organization/index.ts';
import { pluginStates } from '../../../src/domains/organization/plugin-state.entity.ts';
import { serviceWindows, windowLeavings, windowMembers } from '../../../src/domains/service-window/index.ts';
import { windowAppContacts, windowAppTable as windowApps, windowAppTags } from '../../../src/domains/window-apps/index.ts';
import type { RowOf } from '../../../src/sdk/index.ts';

const TABLES = {
  organizations,
  employees,
  departments,
  departmentMembers,
  departmentClosure,
  employeeSearchTerms,
  adminRights,
  companies,
  contacts,
  contactTags,
  contactShares,
  contactHistory,
  contactSearchTerms,
  contactFields,
  contactFieldTerms,
  tags,
  tagGroups,
  tagSearchTerms,
  interactions,
  formTemplates,
  formTemplateVersions,
  businessForms,
  formTasks,
  formComments,
  formHistory,
  formParticipants,
  serviceWindows,
  windowLeavings,
  windowMembers,
  pluginStates,
  windowApps,
  windowAppTags,
  windowAppContacts,
  articles,
  articleVersions,
  articleCategories,
  articleTags,
  articleContacts,
  articleRatings,
  articleSearchTerms,
  products,
  priceLists,
  priceListAudience,
  listPrices,
  carts,
  cartLines,
  shipments,
  shipmentLines,
  orders,
  orderLines,
  reservations,
  orderChanges,
  orderChangeLines,
  disputes,
  disputePhotos,
  returns,
  returnLines,
  payments,
};
export type TableName = keyof typeof TABLES;
export type NaiveRow<Name extends TableName> = RowOf<(typeof TABLES)[Name]>;
/** All that an organization has, table by table. */
export type Rows = { readonly [Name in TableName]: readonly NaiveRow<Name>[] };

/** Reads every table whole, as the owner of the tables, whom row level security does not hold. */
export async function loadRows(client: pg.ClientBase, organizationId: string): Promise<Rows> {
  const loaded: [string, unknown[]][] = [];
  for (const [name, table] of Object.entries(TABLES)) {
    const { rows } = await client.query(`select * from ${table.name} where organization_id = $1`, [organizationId]);
    loaded.push([name, rows]);
  }
  return Object.fromEntries(loaded) as unknown as Rows;
}
