import { cartLines, carts } from '../../plugins/ordering/cart.entity.ts';
import { orderLines, orders, reservations } from '../../plugins/ordering/order.entity.ts';
import { products } from '../../plugins/ordering/product.entity.ts';
import { insertRows } from '../../src/app/bulk/bulk-insert.ts';
import { CUSTOMER_STATES, FORM_EVENTS, FORM_STATES, TASK_KINDS, TASK_STATES } from '../../src/domains/forms/engine/flow.words.ts';
import {
  businessForms,
  formComments,
  formHistory,
  formParticipants,
  formTasks,
  formTemplates,
  formTemplateVersions,
} from '../../src/domains/forms/index.ts';
import { interactions } from '../../src/domains/interactions/index.ts';
import type { Rows } from './naive/rows.ts';
import { earlier, type Filling, maybe, nameOf } from './random-people.ts';

const nothingElse = {
  kind: 'FORM',
  actor_id: null,
  employee_id: null,
  other_employee_id: null,
  department_id: null,
  tag_id: null,
  added: null,
  detail: '{}',
};
const FIELDS = [
  { id: 'f1', name: 'reason', label: 'Why?', kind: 'TEXT', required: true, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' },
  { id: 'f2', name: 'amount', label: '多少?', kind: 'NUMBER', required: false, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' },
  { id: 'f3', name: 'margin', label: 'Margin', kind: 'MONEY', required: false, readBy: 'STAFF', writtenBy: 'SUBMITTER' },
];

/** What a product is as its own first variant. */
const ITSELF = { variant_of_id: null, sku: null, pack_multiple: 1, tax_rate: 0, cost_minor: null };

/** Products, among them withdrawn ones and one whose price is as large as numbers go. */
export async function fillCatalogue(filling: Filling): Promise<void> {
  const { client, random, organizationId: organization_id } = filling;
  const added = Array.from({ length: 8 }, (_, i) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    name: nameOf(random),
    description: maybe(random, () => nameOf(random)),
    unit: 'piece',
    price_minor: i === 0 ? Number.MAX_SAFE_INTEGER : random.whole(1, 100_000),
    currency: random.pick(['CNY', 'EUR']),
    stock: random.whole(-3, 10),
    withdrawn_at: maybe(random, () => earlier(filling), 0.3),
    ...ITSELF,
  }));
  await insertRows(client, products, added);
  const [, of] = added;
  const variants = [1, 2, 3].map((i) => ({
    ...of!,
    id: random.uuid(earlier(filling)),
    name: nameOf(random),
    variant_of_id: of!.id,
    sku: `sku-${random.whole(1, 1_000_000)}`,
    pack_multiple: i,
    tax_rate: random.pick([0, 1_300]),
    price_minor: i === 1 ? null : random.whole(1, 1_000),
    cost_minor: maybe(random, () => random.whole(0, 1_000)),
  }));
  await insertRows(client, products, variants);
}

/** Carts, some of which cannot be ordered. */
export async function fillCarts(filling: Filling, rows: Rows): Promise<void> {
  const { client, random, organizationId: organization_id } = filling;
  const members = rows.windowMembers.slice(0, 3).map(({ contact_id }) => contact_id);
  const priced = (contact_id: string) => ({ organization_id, contact_id, priced_at: earlier(filling), total_minor: null, tax_minor: null });
  await insertRows(
    client,
    carts,
    members.map((contact_id, i) => ({
      ...priced(contact_id),
      ...(i ? { total_minor: 40, tax_minor: 2, currency: 'CNY' } : { currency: null }),
    })),
  );
  const lines = members.flatMap((contact_id) =>
    rows.products.slice(0, 3).map(({ id: variant_id }, i) => ({
      organization_id,
      id: random.uuid(earlier(filling)),
      contact_id,
      variant_id,
      quantity: random.whole(1, 9),
      fault: i ? null : 'WITHDRAWN',
      unit_price_minor: i ? random.whole(1, 99) : null,
      currency: i ? 'CNY' : null,
    })),
  );
  await insertRows(client, cartLines, lines);
}

/** Forms of every kind, one of them of a plugin that is gone, with tasks, a history, and details. @param count of forms */
export async function fillForms(filling: Filling, rows: Rows, count: number): Promise<void> {
  const { client, random, organizationId: organization_id } = filling;
  const template = {
    organization_id,
    id: random.uuid(earlier(filling)),
    name: 'General',
    kind: 'GENERAL',
    enabled: true,
    current_version: 1,
    created_at: earlier(filling),
  };
  await insertRows(client, formTemplates, [template]);
  await insertRows(client, formTemplateVersions, [
    {
      organization_id,
      template_id: template.id,
      version: 1,
      with_confirmation: false,
      fields: JSON.stringify(FIELDS),
      published_at: earlier(filling),
    },
  ]);
  const forms = Array.from({ length: count }, (_, i) => formRow(filling, rows, template.id, i));
  await insertRows(client, businessForms, forms);
  await insertRows(
    client,
    interactions,
    forms.map((form) => ({
      ...nothingElse,
      organization_id,
      id: random.uuid(earlier(filling)),
      contact_id: form.contact_id,
      at: earlier(filling),
      form_id: form.id,
    })),
  );
  const tasks = forms.flatMap(({ id }) => Array.from({ length: random.whole(0, 4) }, () => taskRow(filling, rows, id)));
  await insertRows(client, formTasks, tasks);
  const history = forms.flatMap(({ id }) => Array.from({ length: random.whole(0, 3) }, () => eventRow(filling, rows, id)));
  await insertRows(client, formHistory, history);
  const said = forms.flatMap(({ id }) => Array.from({ length: random.whole(0, 2) }, () => commentRow(filling, rows, id)));
  await insertRows(client, formComments, said);
  // whoever holds or held a task takes part in its form, and so do those that are shown it
  const takers = forms.flatMap(({ id }) => {
    const holders = tasks.flatMap((task) => (task.form_id === id && task.assignee_id ? [task.assignee_id] : []));
    const shown = random.some(rows.employees, 1).map((employee) => employee.id);
    return [...new Set([...holders, ...shown])].map((employee_id) => ({
      organization_id,
      form_id: id,
      employee_id,
      since: earlier(filling),
    }));
  });
  await insertRows(client, formParticipants, takers);
  const ordered = forms.filter(({ kind }) => kind === 'ORDER');
  await insertRows(
    client,
    orders,
    ordered.map(({ id }) => orderRow(filling, id)),
  );
  await insertRows(
    client,
    orderLines,
    ordered.flatMap(({ id }) => Array.from({ length: random.whole(0, 3) }, (_, i) => lineRow(filling, rows, id, i))),
  );
  await insertRows(
    client,
    reservations,
    ordered.map(({ id }) => ({
      organization_id,
      id: random.uuid(earlier(filling)),
      form_id: id,
      variant_id: random.pick(rows.products).id,
      quantity: random.pick([0, 3]),
      until: null,
    })),
  );
}

function formRow(filling: Filling, rows: Rows, generalId: string, i: number) {
  const { random, organizationId: organization_id } = filling;
  const kind = random.pick(['ORDER', 'ORDER', 'GENERAL', 'GONE_REPAIR']);
  const values = random.pick<object>([{}, { f1: nameOf(random), f2: '2.5' }, { f2: '-999999999999999', gone: ['x'] }]);
  const inside = random.pick<object>([{}, { f3: { amount: random.whole(0, 1_000_000), currency: 'CNY' } }]);
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    version: random.whole(1, 5),
    number: `${kind.slice(0, 2)}-${i}`,
    kind,
    template_id: kind === 'ORDER' ? rows.formTemplates[0]!.id : generalId,
    template_version: 1,
    state: random.pick(FORM_STATES),
    paused_reason: maybe(random, () => nameOf(random), 0.2),
    customer_state: random.pick(CUSTOMER_STATES),
    customer_state_since: earlier(filling),
    customer_version: random.whole(1, 3),
    contact_id: random.pick(rows.contacts).id,
    field_values: JSON.stringify(values),
    staff_values: JSON.stringify(inside),
    submitted_by_id: maybe(random, () => random.pick(rows.employees).id, 0.3),
    branched: false,
    stop: null,
    needs_confirmation: false,
    correction_reason: maybe(random, () => nameOf(random)),
    correction_fields: maybe(random, () => JSON.stringify(['reason'])),
    again_from: null,
    rejection_reason: maybe(random, () => nameOf(random)),
    reminded_at: null,
    customer_reminded_at: null,
    submitted_at: earlier(filling),
    updated_at: earlier(filling),
    ended_at: maybe(random, () => earlier(filling)),
  };
}

function taskRow(filling: Filling, rows: Rows, form_id: string) {
  const { random, organizationId: organization_id } = filling;
  const state = random.pick([...TASK_STATES, 'DECIDED' as const]);
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    version: random.whole(1, 3),
    form_id,
    assignee_id: state === 'OPEN' ? maybe(random, () => random.pick(rows.employees).id, 0.7) : random.pick(rows.employees).id,
    state,
    created_at: earlier(filling),
    decided_at: state === 'DECIDED' ? earlier(filling) : null,
    decision: state === 'DECIDED' ? random.pick(['APPROVED', 'REJECTED']) : null,
    comment: maybe(random, () => nameOf(random)),
    kind: random.pick(TASK_KINDS),
    linked_id: null,
    slot: 0,
    stop: null,
    for_id: maybe(random, () => random.pick(rows.employees).id, 0.2),
    question: maybe(random, () => nameOf(random)),
    reminded_at: null,
    due_at: maybe(random, () => earlier(filling)),
  };
}

function commentRow(filling: Filling, rows: Rows, form_id: string) {
  const { random, organizationId: organization_id } = filling;
  const author_id = maybe(random, () => random.pick(rows.employees).id);
  return { organization_id, id: random.uuid(earlier(filling)), form_id, author_id, text: nameOf(random), at: earlier(filling) };
}

function eventRow(filling: Filling, rows: Rows, form_id: string) {
  const { random, organizationId: organization_id } = filling;
  const employee = (): string => random.pick(rows.employees).id;
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    form_id,
    kind: random.pick(FORM_EVENTS),
    actor_id: maybe(random, employee),
    next_id: maybe(random, employee),
    comment: maybe(random, () => nameOf(random)),
    at: earlier(filling),
  };
}

const orderRow = (filling: Filling, form_id: string) => ({
  organization_id: filling.organizationId,
  form_id,
  note: maybe(filling.random, () => nameOf(filling.random)),
  total_minor: filling.random.whole(0, 2 ** 40),
  currency: 'CNY',
  received_at: maybe(filling.random, () => earlier(filling)),
  ships: filling.random.chance(0.5),
  state: filling.random.pick(['IN_APPROVAL', 'CONFIRMED', 'SHIPPED', 'CANCELLED']),
  address: maybe(filling.random, () => nameOf(filling.random)),
});

const lineRow = (filling: Filling, rows: Rows, form_id: string, position: number) => ({
  organization_id: filling.organizationId,
  id: filling.random.uuid(earlier(filling)),
  form_id,
  position,
  product_id: filling.random.pick(rows.products).id,
  name: nameOf(filling.random),
  unit: 'piece',
  unit_price_minor: filling.random.whole(1, 1_000),
  currency: 'CNY',
  quantity: filling.random.whole(1, 9),
});
