import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  printSchema,
} from 'graphql';
import { articleList, categoryList } from './articles.ts';
import { contactList } from './contact-list.ts';
import { departmentList, employeeList } from './directory.ts';
import { ENTITIES } from './entities.ts';
import { formPage, READERS, stuckList, taskList } from './forms.ts';
import { ownCart, productList } from './ordering.ts';
import { few, page } from './page.ts';
import type { NaiveSeat } from './roles.ts';
import type { Rows } from './rows.ts';
import { type Args, idOf, type NaiveObject, refuse, World } from './world.ts';

type RootField = (world: World, args: Args, schema: GraphQLSchema) => unknown;
export const QUERIES: Readonly<Record<string, RootField>> = {
  viewer: (world) => world.object(world.seat.kind === 'EMPLOYEE' ? 'Employee' : 'Contact', seatRow(world)),
  node: (world, { id }, schema) => world.node(id, (type) => schema.getType(type) !== undefined),
  nodes: (world, { ids }, schema) => (ids as string[]).map((id) => world.node(id, (type) => schema.getType(type) !== undefined)),
  organization: (world) => world.object('Organization', world.rows.organizations[0]),
  contact: (world, { id }) => world.byId('Contact', id),
  contacts: contactList,
  employee: (world, { id }) => world.byId('Employee', id),
  employees: employeeList,
  departments: departmentList,
  tagGroups: (world, args) => {
    const orders = { POSITION: ({ position }: { readonly position: number }) => position };
    const order = { field: 'POSITION', direction: 'ASC' };
    return page(world, { type: 'TagGroup', rows: world.rows.tagGroups, key: idOf, orders, order }, args);
  },
  contactFields: (world) =>
    few(
      world,
      {
        type: 'ContactField',
        rows: world.rows.contactFields,
        key: ({ position, id }) => `${String(position).padStart(3, '0')} ${id}`,
        order: { field: 'POSITION', direction: 'ASC' },
      },
      100,
    ),
  formTemplates: (world, args) => {
    if (world.toward.window === 'SUSPENDED') throw refuse('WINDOW_SUSPENDED');
    return page(world, { type: 'FormTemplate', rows: world.rows.formTemplates, key: idOf }, args);
  },
  businessForm: (world, { id, number }) =>
    id == null
      ? world.object(
          'BusinessForm',
          world.rows.businessForms.find((form) => form.number === number),
        )
      : world.byId('BusinessForm', id),
  businessForms: (world, args) => {
    const reads = (form: Rows['businessForms'][number]) => READERS.some((role) => world.rolesToward('BusinessForm', form).has(role));
    return formPage(world, world.rows.businessForms.filter(reads), args);
  },
  myForms: (world, args) => {
    if (world.toward.window !== 'OPEN') throw refuse(world.toward.window ? 'WINDOW_SUSPENDED' : 'FORBIDDEN');
    const own = world.rows.businessForms.filter((form) => form.contact_id === world.seat.id);
    return formPage(world, own, args);
  },
  /** Nobody here was given any. */
  companyForms: (world, args) => {
    if (world.toward.window !== 'OPEN') throw refuse(world.toward.window ? 'WINDOW_SUSPENDED' : 'FORBIDDEN');
    return formPage(world, [], args);
  },
  stuckForms: stuckList,
  myTasks: taskList,
  serviceWindow: (world) => world.object('ServiceWindow', world.rows.serviceWindows[0]),
  products: productList,
  article: (world, { id }) => world.byId('Article', id),
  articles: articleList,
  articleCategories: categoryList,
  cart: ownCart,
};

const seatRow = ({ rows, seat }: World) => [...rows.employees, ...rows.contacts].find(({ id }) => id === seat.id);

/** The same schema without any of the server's resolvers. */
export const naiveSchema = (schema: GraphQLSchema): GraphQLSchema => buildSchema(printSchema(schema));

/** The answer to a document by resolvers that read plain rows: what the server must answer. @param schema made by `naiveSchema` */
export async function naiveAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  { rows, seat, now }: { rows: Rows; seat: NaiveSeat; now: Date },
): Promise<ExecutionResult> {
  const world = new World(ENTITIES, rows, seat, now);
  const fieldResolver = (source: unknown, args: Args, _: unknown, { fieldName, parentType }: GraphQLResolveInfo): unknown => {
    const value = parentType.name === 'Query' ? QUERIES[fieldName]!(world, args, schema) : answerOf(world, source, fieldName, args);
    return value instanceof Date ? value.toISOString() : value;
  };
  /** Values of fields have no table: they are answered whole, and say of which type they are. */
  const typeResolver = (value: unknown): string => (value as NaiveObject)['@type'] ?? (value as { readonly of: string }).of;
  return execute({ schema, document, variableValues: variables, fieldResolver, typeResolver });
}

const answerOf = (world: World, source: unknown, field: string, args: Args): unknown =>
  isObject(source) ? world.ask(source, field, args) : (source as Readonly<Record<string, unknown>>)[field];
const isObject = (source: unknown): source is NaiveObject => typeof source === 'object' && source !== null && '@type' in source;
