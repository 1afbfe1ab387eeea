import { encodeGlobalId, type GuichetBuilder, refuseSuspended, requireRight, sql, types, versionConflict, words } from '@guichet/sdk';
import { setBuyer, setCreditLine } from './credit-keeping.service.ts';
import { ordering } from './permissions.ts';
import { CreditAccount, OrderingBuyer, OrderingCompany } from './refs.ts';
import { buyerRoles, companyRoles, creditRoles } from './roles.ts';

const rule = ordering.credit;
const keep = ordering.keepCredit;
const Role = words('OrderingBuyerRole', 'What a contact does in the orders of its company.', {
  BUYER: 'It orders.',
  APPROVER: 'It orders, and approves what others want to order.',
  VIEWER: 'It looks on: it orders nothing, and says what has come at the site that it was named for.',
});

export function creditTypes(builder: GuichetBuilder): void {
  builder.words(Role);
  builder.entity(CreditAccount, {
    description: 'What a customer’s company owes in one currency for what it has ordered.',
    roles: creditRoles,
    listedFor: rule.roles,
    filters: { company: { compares: 'id', type: 'Company', column: 'company_id', rule: keep, description: 'By the company.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change of its limits, not by orders.', rule: keep }),
      company: t.relation(types.Company, 'company_id', { description: 'Whose it is.', rule: keep }),
      orderingCompany: t.relation(OrderingCompany, 'company_id', {
        description: 'The same, for whoever sees none of its contacts.',
        rule: keep,
      }),
      limit: t.money('limit_minor', 'currency', { description: 'What may be owed at the most; null: none is set.', rule }),
      used: t.money('used_minor', 'currency', {
        description: 'What orders owe that are on their way or done: their totals less what was credited and paid.',
        rule,
        nullable: false,
      }),
      left: t.field({
        type: 'Money' as never,
        nullable: true,
        description: 'What can still be ordered before something is paid; null where no limit is set.',
        rule,
        needs: ['limit_minor', 'used_minor', 'currency'],
        resolve: ({ limit_minor: limit, used_minor: used, currency }) =>
          (limit === null ? null : { amount: Math.max(limit - used, 0), currency }) as never,
      }),
      approvalAbove: t.money('approval_above_minor', 'currency', {
        description: 'Above it somebody else of the company approves an order first; null: never.',
        rule,
      }),
    }),
  });
  builder.entity(OrderingBuyer, {
    description:
      'What a contact does in the orders of its company, where that was said. It counts for as long as it belongs to that company.',
    key: 'contact_id',
    roles: buyerRoles,
    listedFor: keep.roles,
    filters: { company: { compares: 'id', type: 'Company', column: 'company_id', rule: keep, description: 'By the company.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: keep }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'Who it is.', rule: keep }),
      company: t.relation(types.Company, 'company_id', { description: 'In whose orders.', rule: keep }),
      role: t.column('role', { type: Role, description: 'What it does.', rule: keep }),
      site: t.column('site', {
        description: 'Of who looks on: at which site of the company it says what has come; null: at none.',
        rule: keep,
      }),
    }),
  });
  declareCompanies(builder);
  builder.queryFields((t) => ({
    creditAccounts: t.entityPages(CreditAccount, {
      description: 'What companies owe and may still order: a customer’s own company’s, one a currency, and all for whoever keeps credit.',
      rule,
      listedBy: () => rule.roles,
      check: refuseSuspended,
    }),
    orderingBuyers: t.entityPages(OrderingBuyer, {
      description: 'Contacts who approve or look on in the orders of their companies, the newest first.',
      rule: keep,
      listedBy: () => keep.roles,
    }),
  }));
  declareKeeping(builder);
}

const MOST_CURRENCIES = 100;
/** Whoever keeps credit need not see contacts: they find companies, and nobody in them. */
function declareCompanies(builder: GuichetBuilder): void {
  builder.entity(OrderingCompany, {
    description: 'A company that has a credit line, or contacts who could order: what whoever keeps credit knows of it.',
    roles: companyRoles,
    listedFor: keep.roles,
    filters: { name: { compares: 'text', column: 'name', rule: keep, description: 'By its name.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: keep }),
      companyId: t.field({
        type: 'ID',
        description: 'Global id of the company itself, which `setCreditLine` takes.',
        rule: keep,
        needs: ['id'],
        resolve: ({ id }) => encodeGlobalId('Company', id),
      }),
      name: t.column('name', { description: 'Its name.', rule: keep }),
      accounts: t.list(CreditAccount, {
        on: (company, account) => sql`${account.company_id} = ${company.id}`,
        description: 'What it owes and may owe, one a currency.',
        rule: keep,
        atMost: MOST_CURRENCIES,
        proves: keep.roles,
      }),
    }),
  });
  builder.queryField('orderingCompanies', (t) =>
    t.entityPages(OrderingCompany, {
      description: 'Companies that have a credit line, or contacts who could order, the newest first.',
      rule: keep,
      listedBy: () => keep.roles,
    }),
  );
}

function declareKeeping(builder: GuichetBuilder): void {
  builder.useCase('setCreditLine', {
    description:
      'Says how much a company may owe in a currency, and from where on its orders are approved inside it first. What is left out is not limited.',
    rule: keep,
    input: (t) => ({
      companyId: t.globalId(types.Company, { description: 'The company.' }),
      currency: t.name({ description: 'A currency of ISO 4217: orders in others are not touched.', max: 3 }),
      expectedVersion: t.integer({ description: 'The `version` that you read; 0 where there is none yet.' }),
      limit: t.amount({ description: 'What it may owe at the most, in minor units.', required: false }),
      approvalAbove: t.amount({
        description: 'Above so much, in minor units, somebody else of the company approves an order first.',
        required: false,
      }),
    }),
    refusals: [versionConflict],
    guard: async (use, { companyId }) => {
      await use.find('OrderingCompany', companyId, ['input', 'companyId']);
      requireRight(use, keep, 'ORDERING_CREDIT');
    },
    run: (use, given) => setCreditLine(use, given),
    success: (t) => ({ account: t.loaded(CreditAccount, 'account', { description: 'The account as it is now.', rule }) }),
  });
  builder.useCase('setOrderingBuyer', {
    description: 'Says what a contact does in the orders of the company that it belongs to now.',
    rule: keep,
    input: (t) => ({
      contactId: t.globalId(types.Contact, { description: 'Who it is.' }),
      role: t.choice(Role, { description: 'What it does.' }),
      site: t.name({
        description: 'Of who looks on: the site of the company whose orders it reads, without prices, and of which it says what has come.',
        max: 100,
        required: false,
      }),
    }),
    refusals: [],
    guard: async (use, { contactId }) => {
      await use.find('Contact', contactId, ['input', 'contactId']);
      requireRight(use, keep, 'ORDERING_CREDIT');
    },
    run: (use, given) => setBuyer(use, given),
    success: (t) => ({ buyer: t.loaded(OrderingBuyer, 'buyer', { description: 'The contact as it is now.', rule: keep }) }),
  });
}
