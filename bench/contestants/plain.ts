import { createServer } from 'node:http';
import { defineEntity, MikroORM, p } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { connections, databaseUrl, listenAndTell, type Seat, seatOf } from './contestant.ts';

// What most teams would build: entities of an ORM, a resolver a field, a loader a relation. Visibility in a query, no rules on fields.
const own = { organizationId: p.uuid().primary() };
const identified = { ...own, id: p.uuid().primary() };
const Employee = defineEntity({ name: 'Employee', tableName: 'employees', properties: { ...identified, name: p.string() } });
const Company = defineEntity({ name: 'Company', tableName: 'companies', properties: { ...identified, name: p.string() } });
const Contact = defineEntity({
  name: 'Contact',
  tableName: 'contacts',
  properties: {
    ...identified,
    name: p.string(),
    phone: p.string(),
    position: p.string().nullable(),
    address: p.string().nullable(),
    email: p.string().nullable(),
    remark: p.string().nullable(),
    source: p.string(),
    companyId: p.uuid().nullable(),
    ownerId: p.uuid().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    deletedAt: p.datetime().nullable(),
  },
});
const TagGroup = defineEntity({
  name: 'TagGroup',
  tableName: 'tag_groups',
  properties: { ...identified, name: p.string(), color: p.string() },
});
const Tag = defineEntity({ name: 'Tag', tableName: 'tags', properties: { ...identified, groupId: p.uuid(), name: p.string() } });
const ContactTag = defineEntity({
  name: 'ContactTag',
  tableName: 'contact_tags',
  properties: { ...own, contactId: p.uuid().primary(), tagId: p.uuid().primary() },
});
const ContactShare = defineEntity({
  name: 'ContactShare',
  tableName: 'contact_shares',
  properties: { ...identified, contactId: p.uuid(), employeeId: p.uuid().nullable() },
});
const SearchTerm = defineEntity({
  name: 'SearchTerm',
  tableName: 'contact_search_terms',
  properties: { ...own, term: p.string().primary(), kind: p.string().primary(), contactId: p.uuid().primary() },
});
const Closure = defineEntity({
  name: 'Closure',
  tableName: 'department_closure',
  properties: { ...own, ancestorId: p.uuid().primary(), descendantId: p.uuid().primary() },
});
const Member = defineEntity({
  name: 'Member',
  tableName: 'department_members',
  properties: { ...own, departmentId: p.uuid().primary(), employeeId: p.uuid().primary(), isSupervisor: p.boolean() },
});
const Interaction = defineEntity({
  name: 'Interaction',
  tableName: 'interactions',
  properties: { ...identified, contactId: p.uuid(), kind: p.string(), actorId: p.uuid().nullable(), at: p.datetime() },
});
const Form = defineEntity({
  name: 'Form',
  tableName: 'business_forms',
  properties: { ...identified, version: p.integer(), number: p.string(), state: p.string(), contactId: p.uuid(), updatedAt: p.datetime() },
});
const Task = defineEntity({
  name: 'Task',
  tableName: 'form_tasks',
  properties: {
    ...identified,
    version: p.integer().default(1),
    formId: p.uuid(),
    assigneeId: p.uuid().nullable(),
    state: p.string(),
    createdAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    decision: p.string().nullable(),
  },
});
const Participant = defineEntity({
  name: 'Participant',
  tableName: 'form_participants',
  properties: { ...own, formId: p.uuid().primary(), employeeId: p.uuid().primary(), since: p.datetime() },
});
const ofOrdering = { schema: 'plg_ordering' };
const Order = defineEntity({
  ...ofOrdering,
  name: 'Order',
  tableName: 'orders',
  properties: { ...own, formId: p.uuid().primary(), number: p.string(), state: p.string(), recipient: p.string(), contactId: p.uuid() },
});
const OrderLine = defineEntity({
  ...ofOrdering,
  name: 'OrderLine',
  tableName: 'order_lines',
  properties: { ...identified, formId: p.uuid(), position: p.integer(), name: p.string(), quantity: p.integer(), shipped: p.integer() },
});
const Shipment = defineEntity({
  ...ofOrdering,
  name: 'Shipment',
  tableName: 'shipments',
  properties: { ...identified, formId: p.uuid(), carrier: p.string(), shippedAt: p.datetime() },
});
const History = defineEntity({
  name: 'History',
  tableName: 'form_history',
  properties: {
    ...identified,
    formId: p.uuid(),
    kind: p.string(),
    actorId: p.uuid().nullable(),
    nextId: p.uuid().nullable(),
    at: p.datetime(),
  },
});
const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  properties: {
    ...identified,
    stream: p.uuid(),
    topic: p.string(),
    kind: p.string(),
    seatId: p.uuid().nullable(),
    subjectId: p.uuid(),
    facts: p.json(),
    at: p.datetime(),
  },
});

const orm = await MikroORM.init({
  clientUrl: databaseUrl,
  entities: [
    Employee,
    Company,
    Contact,
    TagGroup,
    Tag,
    ContactTag,
    ContactShare,
    SearchTerm,
    Closure,
    Member,
    Interaction,
    Form,
    Task,
    Participant,
    History,
    Event,
    Order,
    OrderLine,
    Shipment,
  ],
  pool: { max: connections },
  debug: false,
});
type Em = typeof orm.em;

// biome-ignore lint/suspicious/noExplicitAny: rows of all entities pass through the same few functions
type Row = any;
interface Context {
  readonly em: Em;
  readonly seat: Seat;
  byId(entity: Row): DataLoader<string, Row>;
  listOf(entity: Row, column: string, options?: object): DataLoader<string, Row[]>;
  supervisors: DataLoader<string, Row[]>;
}

function contextOf(request: { headers: Record<string, string> }): Context {
  const em = orm.em.fork();
  const seat = seatOf(request.headers)!;
  const { organizationId } = seat;
  const loaders = new Map<string, DataLoader<string, Row>>();
  const once = (key: string, load: (ids: readonly string[]) => Promise<Row[]>): DataLoader<string, Row> => {
    if (!loaders.has(key)) loaders.set(key, new DataLoader(load));
    return loaders.get(key)!;
  };
  const byId: Context['byId'] = (entity) =>
    once(`${entity.meta?.className ?? entity.name}`, async (ids) => {
      const rows = (await em.find(entity, { organizationId, id: { $in: [...ids] } })) as Row[];
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
  const listOf: Context['listOf'] = (entity, column, options = {}) =>
    once(`${entity.meta?.className ?? entity.name}.${column}`, async (ids) => {
      const rows = (await em.find(entity, { organizationId, [column]: { $in: [...ids] } } as never, options)) as Row[];
      const found = Map.groupBy(rows, (row) => row[column] as string);
      return ids.map((id) => found.get(id) ?? []);
    });
  const supervisors = new DataLoader<string, Row[]>(async (ids) => {
    const members = await em.find(Member, { organizationId, employeeId: { $in: [...ids] } });
    const above = await em.find(Closure, { organizationId, descendantId: { $in: members.map((one) => one.departmentId) } });
    const leads = await em.find(Member, { organizationId, isSupervisor: true, departmentId: { $in: above.map((one) => one.ancestorId) } });
    const people = await em.find(Employee, { organizationId, id: { $in: leads.map((one) => one.employeeId) } });
    return ids.map((id) => {
      const mine = new Set(members.filter((one) => one.employeeId === id).map((one) => one.departmentId));
      const wider = new Set(above.filter((one) => mine.has(one.descendantId)).map((one) => one.ancestorId));
      const leading = new Set(leads.filter((one) => wider.has(one.departmentId) && one.employeeId !== id).map((one) => one.employeeId));
      return people.filter((one) => leading.has(one.id));
    });
  });
  return { em, seat, byId, listOf, supervisors };
}

async function led({ em, seat }: Context): Promise<string[]> {
  const { organizationId, id } = seat;
  const mine = await em.find(Member, { organizationId, employeeId: id, isSupervisor: true });
  if (mine.length === 0) return [];
  const below = await em.find(Closure, { organizationId, ancestorId: { $in: mine.map((one) => one.departmentId) } });
  const members = await em.find(Member, { organizationId, departmentId: { $in: below.map((one) => one.descendantId) } });
  return [...new Set(members.map((one) => one.employeeId))].filter((one) => one !== id);
}
async function visible(context: Context): Promise<object> {
  const { em, seat } = context;
  const shares = await em.find(
    ContactShare,
    { organizationId: seat.organizationId, employeeId: seat.id },
    { fields: ['contactId'] as never },
  );
  return {
    $or: [{ ownerId: seat.id }, { ownerId: { $in: await led(context) } }, { id: { $in: shares.map((one) => (one as Row).contactId) } }],
  };
}
async function contacts(context: Context, more: object = {}): Promise<Row[]> {
  const where = { organizationId: context.seat.organizationId, deletedAt: null, $and: [await visible(context), more] };
  return context.em.find(Contact, where as never, { orderBy: { id: 'desc' } as never, limit: 50 });
}

const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID().replaceAll('-', '');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
};

function approve(context: Context, taskId: string, nextId: string): Promise<Row> {
  const { organizationId, id: me } = context.seat;
  return context.em.transactional(async (em) => {
    const task = (await em.findOneOrFail(Task, { organizationId, id: taskId, assigneeId: me, state: 'OPEN' }, { lockMode: 4 })) as Row;
    const form = (await em.findOneOrFail(Form, { organizationId, id: task.formId }, { lockMode: 4 })) as Row;
    const at = new Date();
    Object.assign(task, { state: 'DECIDED', decision: 'APPROVED', decidedAt: at, version: task.version + 1 });
    const next = em.create(Task, {
      organizationId,
      id: newId(),
      formId: form.id,
      assigneeId: nextId,
      state: 'OPEN',
      createdAt: at,
    } as never) as Row;
    em.create(History, { organizationId, id: newId(), formId: form.id, kind: 'APPROVED', actorId: me, nextId, at } as never);
    if (!(await em.count(Participant, { organizationId, formId: form.id, employeeId: nextId })))
      em.create(Participant, { organizationId, formId: form.id, employeeId: nextId, since: at } as never);
    Object.assign(form, { version: form.version + 1, updatedAt: at });
    const event = (topic: string, kind: string, seatId: string | null, subjectId: string) =>
      em.create(Event, { organizationId, id: newId(), stream: organizationId, topic, kind, seatId, subjectId, facts: {}, at } as never);
    event('TASK', 'DECIDED', me, task.id);
    event('TASK', 'OPENED', nextId, next.id);
    event('FORM', 'APPROVED', null, form.id);
    return task;
  });
}

const iso = (value: Date | null): string | null => value?.toISOString() ?? null;
const schema = createSchema<Context>({
  typeDefs: `
    type Query { contacts: [Contact!]! findContacts(search: String!, tag: ID!): [Contact!]! contact(id: ID!): Contact myTasks: [Task!]! orders: [Order!]! }
    type Mutation { approveTask(taskId: ID!, nextId: ID!): Task }
    type Contact { id: ID! name: String phone: String position: String address: String email: String remark: String source: String createdAt: String updatedAt: String
      company: Named owner: Employee tags: [Tag!]! sharees: [Employee!]! canEdit: Boolean! canCall: Boolean! timeline: [Entry!]! }
    type Named { name: String } type Employee { id: ID! name: String supervisors: [Employee!]! }
    type Tag { name: String group: Group } type Group { name: String color: String }
    type Entry { id: ID! kind: String at: String actor: Employee }
    type Task { id: ID! state: String createdAt: String form: Form earlier: [Decision!]! } type Form { number: String state: String contact: Contact }
    type Order { id: ID! number: String state: String recipient: String lines: [OrderLine!]! shipments: [Shipment!]! }
    type OrderLine { name: String quantity: Int shipped: Int } type Shipment { carrier: String shippedAt: String }
    type Decision { decision: String decidedAt: String assignee: Employee }`,
  resolvers: {
    Query: {
      contacts: (_, __, context) => contacts(context),
      findContacts: async (_, { search, tag }, context) => {
        const { organizationId } = context.seat;
        const terms = await context.em.find(SearchTerm, { organizationId, term: { $gte: search, $lt: `${search}\u{10ffff}` } });
        const ids = [...new Set(terms.map((one) => one.contactId))];
        const tagged = await context.em.find(ContactTag, { organizationId, tagId: tag, contactId: { $in: ids } });
        return contacts(context, { id: { $in: tagged.map((one) => one.contactId) } });
      },
      contact: async (_, { id }, context) =>
        context.em.findOne(Contact, {
          organizationId: context.seat.organizationId,
          id,
          deletedAt: null,
          ...(await visible(context)),
        } as never),
      myTasks: (_, __, { em, seat }) =>
        em.find(
          Task,
          { organizationId: seat.organizationId, assigneeId: seat.id, state: 'OPEN' },
          { orderBy: { id: 'desc' } as never, limit: 20 },
        ),
      orders: async (_, __, context) => {
        const { organizationId, id } = context.seat;
        const owners = [id, ...(await led(context))];
        const customers = await context.em.find(Contact, { organizationId, deletedAt: null, ownerId: { $in: owners } });
        const contactId = { $in: customers.map((one) => one.id) };
        return context.em.find(Order, { organizationId, contactId } as never, { orderBy: { formId: 'desc' } as never, limit: 20 });
      },
    },
    Mutation: { approveTask: (_, { taskId, nextId }, context) => approve(context, taskId, nextId) },
    Contact: {
      company: (row: Row, _, { byId }) => (row.companyId ? byId(Company).load(row.companyId) : null),
      owner: (row: Row, _, { byId }) => (row.ownerId ? byId(Employee).load(row.ownerId) : null),
      tags: async (row: Row, _, { listOf, byId }) => {
        const links = await listOf(ContactTag, 'contactId').load(row.id);
        return Promise.all(links.map((link) => byId(Tag).load(link.tagId)));
      },
      sharees: async (row: Row, _, { listOf, byId }) => {
        const links = await listOf(ContactShare, 'contactId', { orderBy: { id: 'desc' } }).load(row.id);
        return Promise.all(links.slice(0, 3).map((link) => byId(Employee).load(link.employeeId)));
      },
      createdAt: (row: Row) => iso(row.createdAt),
      updatedAt: (row: Row) => iso(row.updatedAt),
      canEdit: async (row: Row, _, context) => row.ownerId === context.seat.id || (await led(context)).includes(row.ownerId),
      canCall: () => true,
      timeline: (row: Row, _, { em, seat }) =>
        em.find(Interaction, { organizationId: seat.organizationId, contactId: row.id }, { orderBy: { id: 'desc' } as never, limit: 20 }),
    },
    Employee: { supervisors: (row: Row, _, { supervisors }) => supervisors.load(row.id) },
    Tag: { group: (row: Row, _, { byId }) => byId(TagGroup).load(row.groupId) },
    Entry: { at: (row: Row) => iso(row.at), actor: (row: Row, _, { byId }) => (row.actorId ? byId(Employee).load(row.actorId) : null) },
    Task: {
      createdAt: (row: Row) => iso(row.createdAt),
      form: (row: Row, _, { byId }) => byId(Form).load(row.formId),
      earlier: async (row: Row, _, { listOf }) => {
        const all = await listOf(Task, 'formId', { orderBy: { id: 'desc' } }).load(row.formId);
        return all.filter((one) => one.state === 'DECIDED' && one.id < row.id).slice(0, 4);
      },
    },
    Order: {
      id: (row: Row) => row.formId,
      lines: (row: Row, _, { listOf }) => listOf(OrderLine, 'formId', { orderBy: { position: 'asc' } }).load(row.formId),
      shipments: (row: Row, _, { listOf }) => listOf(Shipment, 'formId', { orderBy: { id: 'asc' } }).load(row.formId),
    },
    Shipment: { shippedAt: (row: Row) => iso(row.shippedAt) },
    Form: { contact: (row: Row, _, { byId }) => byId(Contact).load(row.contactId) },
    Decision: { decidedAt: (row: Row) => iso(row.decidedAt), assignee: (row: Row, _, { byId }) => byId(Employee).load(row.assigneeId) },
  },
});
const yoga = createYoga<{ req: { headers: Record<string, string> } }, Context>({
  schema,
  context: ({ req }) => contextOf(req),
  logging: false,
  graphiql: false,
});
listenAndTell(createServer(yoga));
