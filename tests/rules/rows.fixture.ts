import pg from 'pg';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { TestServer } from '../../src/testing/test-server.ts';

/** Asks past the API and past row level security, as the login that owns the database. */
export async function asOwner<Row extends pg.QueryResultRow>({ databaseUrl }: TestServer, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** One row behind a GraphQL type, with what it hangs on. Ids are UUIDs but for `globalId`. */
export interface Thing {
  readonly type: string;
  readonly globalId: string;
  readonly organizationId: string;
  readonly contactId?: string;
  /** All contacts of a company: what one may toward any of them, one may toward it. */
  readonly contactIds?: readonly string[];
  readonly formId?: string;
  /** The employee that it is, or whose it is. */
  readonly employeeId?: string;
  /** A transfer, or an item of one, that somebody's leaving made. */
  readonly isLeaving?: boolean;
  /** What tells kinds apart; of a department its name. */
  readonly word?: string;
}

/** Where the rows of each type stand: `id`, `contact`, `form`, `employee`, and `word`, which tells kinds apart. */
const ROWS: Readonly<Record<string, string>> = {
  Organization: 'select organization_id, organization_id id from organizations',
  ServiceWindow: 'select organization_id, organization_id id from service_windows',
  WindowLink: 'select organization_id, id, sharer_id employee from window_links',
  JoinApplication: 'select organization_id, id from join_applications',
  Employee: 'select organization_id, id, id employee from employees',
  EmployeeAdminRight: 'select organization_id, id, employee_id employee from admin_rights',
  PortalEmployee: 'select organization_id, portal_id id, id employee from employees',
  Department: 'select organization_id, id, name word from departments',
  DirectoryConflict: `select organization_id, id, seat_kind || ' ' || holder_kind word from directory_conflicts`,
  ContactBook: 'select organization_id, id, employee_id employee from contact_books',
  ContactBookEntry: `select entry.organization_id, entry.id, book.employee_id employee from contact_book_entries entry
    join contact_books book on book.organization_id = entry.organization_id and book.id = entry.book_id`,
  ContactCard:
    'select organization_id, id, contact_id contact, case when contact_id is null then employee_id end employee from contact_cards',
  ContactClaiming: 'select organization_id, organization_id id from contact_claiming',
  ContactField: 'select organization_id, id from contact_fields',
  Tag: 'select organization_id, id from tags',
  TagGroup: 'select organization_id, id from tag_groups',
  FormTemplate: 'select organization_id, id from form_templates',
  FormTemplateVersion: 'select organization_id, id from form_template_versions',
  Product: 'select organization_id, id from plg_ordering.products where variant_of_id is null',
  ProductVariant: 'select organization_id, id from plg_ordering.products',
  PriceList: 'select organization_id, id from plg_ordering.price_lists',
  PriceListAudience: 'select organization_id, id from plg_ordering.price_list_audience',
  ListPrice: 'select organization_id, id from plg_ordering.list_prices',
  Cart: 'select organization_id, contact_id id, contact_id contact from plg_ordering.carts',
  CartLine: 'select organization_id, id, contact_id contact from plg_ordering.cart_lines',
  Contact: 'select organization_id, id, id contact from contacts',
  Company: `select company.organization_id, company.id, array_remove(array_agg(of.id), null) contacts
    from companies company left join contacts of on of.company_id = company.id group by 1, 2`,
  ContactShare: 'select organization_id, id, contact_id contact from contact_shares',
  ContactChange: 'select organization_id, id, contact_id contact from contact_history',
  ContactShareRequest: 'select organization_id, id, contact_id contact, asker_id employee from contact_share_requests',
  Interaction: 'select organization_id, id, contact_id contact, kind word from interactions',
  BusinessForm: 'select organization_id, id, id form, kind word from business_forms',
  AuditEntry: `select organization_id, id, case actor_kind when 'EMPLOYEE' then actor_id end employee from audit_entries`,
  WindowApp: `select app.organization_id, app.id, chosen.contact_id contact, case when app.is_for_all then 'ALL' else 'CHOSEN' end word
    from window_apps app left join window_app_contacts chosen on chosen.app_id = app.id`,
  Article: `select article.organization_id, article.id, chosen.contact_id contact,
    case when article.shown_number is null then 'DRAFT' when article.is_for_all then 'ALL' else 'CHOSEN' end word
    from articles article left join article_contacts chosen on chosen.article_id = article.id`,
  ArticleVersion: 'select organization_id, id from article_versions',
  ArticleCategory: `select category.organization_id, category.id, chosen.contact_id contact,
    case when article.id is null then 'EMPTY' when article.is_for_all then 'ALL' else 'CHOSEN' end word
    from article_categories category left join articles article on article.category_id = category.id and article.shown_number is not null
    left join article_contacts chosen on chosen.article_id = article.id`,
  StaffSyncResult: 'select organization_id, id from staff_syncs',
  EmployeeImportResult: 'select organization_id, id from employee_imports',
  Notification: `select organization_id, id, case seat_kind when 'EMPLOYEE' then seat_id end employee, case seat_kind when 'CONTACT' then seat_id end contact from notifications`,
  ContactImport: 'select organization_id, id from contact_imports',
  ContactImportRow: 'select organization_id, id from contact_import_rows',
  ContactImportCandidate: 'select organization_id, id from contact_import_candidates',
  Job: 'select organization_id, id, started_by employee, admin_right word from jobs',
  FormTask: 'select organization_id, id, form_id form, assignee_id employee from form_tasks',
  WorkInteraction: 'select organization_id, id, id form from business_forms',
  FormDraft: `select organization_id, id, (select id from employees of where of.id = seat_id) employee, (select id from contacts of where of.id = seat_id) contact
    from form_drafts`,
  StandIn: 'select organization_id, id, employee_id employee, stand_in_id::text word from form_stand_ins',
  FormComment: 'select organization_id, id, form_id form from form_comments',
  FormHistoryEntry: 'select organization_id, id, form_id form from form_history',
  File: `select organization_id, id, case when uploader_kind = 'EMPLOYEE' and attached_at is null then uploader_id else card.employee end employee, card.contact, attached_type word
    from files file left join lateral (select contact_id contact, case when contact_id is null then employee_id end employee from contact_cards
      where contact_cards.organization_id = file.organization_id and file_id = file.id) card on true where state = 'STORED'`,
  Transfer: `select organization_id, id, from_id employee, kind = 'LEAVING' leaving from transfers`,
  TransferItem: `select item.organization_id, item.id, transfer.from_id employee, transfer.kind = 'LEAVING' leaving from transfer_items item
    join transfers transfer on transfer.organization_id = item.organization_id and transfer.id = item.transfer_id`,
  RepairAsset: 'select organization_id, id, contact_id contact, serial word from plg_repair.assets',
  RepairOrder: 'select organization_id, id, form_id form from plg_repair.orders',
  RepairTechnician: 'select organization_id, id from plg_repair.technicians',
  RepairPart: 'select organization_id, id from plg_repair.parts',
  RepairLabour: `select worked.organization_id, worked.id, of.form_id form from plg_repair.labour worked
    join plg_repair.visits visit on visit.id = worked.visit_id join plg_repair.orders of on of.id = visit.order_id`,
  RepairPartUse: `select use.organization_id, use.id, of.form_id form from plg_repair.part_uses use
    join plg_repair.visits visit on visit.id = use.visit_id join plg_repair.orders of on of.id = visit.order_id`,
  ...Object.fromEntries(
    [
      ['RepairVisit', 'visits'],
      ['RepairQuote', 'quotes'],
      ['RepairPhoto', 'photos'],
      ['RepairSignature', 'signatures'],
    ].map(([type, table]) => [
      type,
      `select one.organization_id, one.id, of.form_id form from plg_repair.${table} one join plg_repair.orders of on of.id = one.order_id`,
    ]),
  ),
  OrderLine: 'select organization_id, id, form_id form from plg_ordering.order_lines',
  OrderShipping: 'select organization_id, form_id id, form_id form from plg_ordering.orders where ships',
  ShippingLine: 'select organization_id, id, form_id form from plg_ordering.order_lines',
  Shipment: 'select organization_id, id, form_id form from plg_ordering.shipments',
  ShipmentLine: 'select organization_id, id, form_id form from plg_ordering.shipment_lines',
  OrderReturn: 'select organization_id, id, form_id form from plg_ordering.returns',
  OrderReturnLine: 'select organization_id, id, form_id form from plg_ordering.return_lines',
  OrderDispute: 'select organization_id, id, form_id form from plg_ordering.disputes',
  OrderDisputePhoto: 'select organization_id, id, form_id form from plg_ordering.dispute_photos',
  OrderAccount: 'select organization_id, form_id id, form_id form from plg_ordering.orders',
  CreditAccount: `select organization_id, id, (select of.id from contacts of join plg_ordering.buyers named on named.contact_id = of.id and named.role = 'BUYER'
      where of.company_id = account.company_id and named.company_id = of.company_id order by of.id limit 1) contact
    from plg_ordering.credit_accounts account`,
  OrderingCompany: 'select organization_id, id from companies',
  OrderingBuyer: 'select organization_id, contact_id id from plg_ordering.buyers',
  OrderRequest: 'select organization_id, id, contact_id contact from plg_ordering.order_requests',
  OrderPayment: 'select organization_id, id, form_id form from plg_ordering.payments',
  OrderChange: 'select organization_id, id, form_id form from plg_ordering.order_changes',
  OrderChangeLine: 'select organization_id, id, form_id form from plg_ordering.order_change_lines',
  Contract: 'select organization_id, id from plg_contract.contracts',
  ContractVersion: 'select organization_id, id from plg_contract.versions',
  ContractInternalComment: 'select organization_id, id from plg_contract.internal_comments',
  ContractSharedComment: 'select organization_id, id from plg_contract.shared_comments',
  ContractSigner: 'select organization_id, id from plg_contract.signers',
  ContractObligation: 'select organization_id, id from plg_contract.obligations',
  ContractCounterparty: 'select organization_id, id from plg_contract.counterparties',
  ContractViewer: 'select organization_id, id from plg_contract.viewers',
  ContractTemplate: 'select organization_id, id from plg_contract.templates',
  ...Object.fromEntries(
    [
      ['FranchiseBrand', 'brands'],
      ['FranchiseTerritory', 'territories'],
      ['FranchiseScoreSheet', 'score_sheets'],
      ['FranchiseApplication', 'applications'],
      ['FranchiseHold', 'holds'],
      ['FranchiseDocument', 'documents'],
      ['FranchiseSiteVisit', 'site_visits'],
      ['FranchiseScore', 'scores'],
      ['FranchiseDisclosure', 'disclosures'],
      ['FranchiseDeposit', 'deposits'],
      ['FranchiseOpeningTask', 'opening_tasks'],
    ].map(([type, table]) => [type, `select organization_id, id from plg_franchise.${table}`]),
  ),
};
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Interaction: {
    SHARE: 'ShareInteraction',
    OWNER: 'OwnerInteraction',
    TAG: 'TagInteraction',
    WINDOW: 'WindowInteraction',
    FORM: 'FormInteraction',
    COMPANY_ACCESS: 'CompanyAccessInteraction',
    REPAIR_ORDER: 'RepairInteraction',
    FRANCHISE_APPLICATION: 'FranchiseInteraction',
    '': 'OtherInteraction',
  },
  BusinessForm: {
    ORDER: 'Order',
    REPAIR: 'Repair',
    CONTRACT_REVIEW: 'ContractReview',
    FRANCHISE_COMMITTEE: 'FranchiseBallot',
    GENERAL: 'GeneralForm',
    '': 'UnavailableForm',
  },
};

interface RowOfThing {
  readonly id: string;
  readonly organization_id: string;
  readonly contact?: string;
  readonly contacts?: readonly string[];
  readonly form?: string;
  readonly employee?: string | null;
  readonly word?: string;
  readonly leaving?: boolean;
}

/** Every row of the database that some type of the schema stands for, under its global id. */
export async function thingsOf(server: TestServer): Promise<ReadonlyMap<string, Thing>> {
  const all: Thing[] = [];
  for (const [name, text] of Object.entries(ROWS)) {
    for (const row of await asOwner<RowOfThing>(server, text)) {
      const type = KINDS[name] ? (KINDS[name][row.word!] ?? KINDS[name]['']!) : name;
      const { contact: contactId, contacts: contactIds, form: formId, employee, leaving: isLeaving, word } = row;
      const globalId = encodeGlobalId(name, row.id);
      all.push({
        type,
        globalId,
        organizationId: row.organization_id,
        contactId: contactId ?? (contactIds?.length === 1 ? contactIds[0] : undefined),
        contactIds,
        formId,
        employeeId: employee ?? undefined,
        isLeaving,
        word,
      });
    }
  }
  return new Map(all.map((thing) => [thing.globalId, thing]));
}

/** What stands in each table of each organization, its seats and sessions too: a line a table and organization, equal where nothing has changed. */
export async function contentsOf(server: TestServer): Promise<string[]> {
  await server.runtime.notifications.settled(); // what is told after a commit is not to be taken for something that happens later
  const tables = await asOwner<{ name: string }>(
    server,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where column_name = 'organization_id' order by 1`,
  );
  const lines = tables.map(
    ({ name }) => `select '${name} ' || organization_id || ' ' || count(*) || ' ' || md5(string_agg(kept, ',' order by kept)) as line
      from (select organization_id, (to_jsonb(of) - 'last_used_at')::text kept from ${name} of where organization_id is not null) rows group by organization_id`,
  );
  return (await asOwner<{ line: string }>(server, `${lines.join(' union all ')} order by 1`)).map(({ line }) => line);
}
