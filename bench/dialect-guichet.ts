import { createHash } from 'node:crypto';
import type { Dialect, Request } from './operations.ts';

export const idOf = (type: string, uuid: string): string =>
  Buffer.concat([
    createHash('sha256').update(`type:${type}`).digest().subarray(0, 2),
    Buffer.from(uuid.replaceAll('-', ''), 'hex'),
  ]).toString('base64url');
export const uuidOf = (id: string): string => {
  const hex = Buffer.from(id, 'base64url').subarray(2).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const CONTACT = `id name phone tags { name group { name color } } sharedWith(first: 3) { nodes { employee { name } } } owner { name supervisors { name } }`;
const QUERIES = {
  Q1: `query Q1 { contacts(first: 50) { nodes { ${CONTACT} } } }`,
  Q2: `query Q2($id: ID!) { contact(id: $id) {
    id name phone position address email remark source createdAt updatedAt company { name } owner { name }
    viewerCan { edit call } timeline(first: 20) { nodes { id kind at actor { name } } } } }`,
  Q3: `query Q3 { myTasks(first: 20) { nodes { id createdAt form { number state contact { name } } earlierDecisions { decision decidedAt assignee { name } } } } }`,
  Q4: `query Q4 { __typename }`,
  Q5: `query Q5($search: String!, $tag: ID!) { contacts(first: 50, search: $search, where: { tags: { any: [$tag] } }) { nodes { ${CONTACT} } } }`,
  A1: `query A1 { orders(first: 20) { nodes { id number state recipient lines { name quantity shipped } shipments { carrier shippedAt } } } }`,
  M1: `mutation M1($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { ... on ApproveFormTaskSuccess { task { id state } } } }`,
};

interface Contact {
  id: string;
  name: string;
  phone: string;
  tags: { name: string; group: { name: string; color: string } }[];
  sharedWith: { nodes: { employee: { name: string } }[] };
  owner: { name: string; supervisors: { name: string }[] };
}
const contactRow = ({ id, name, phone, tags, sharedWith, owner }: Contact) => ({
  id: uuidOf(id),
  name,
  phone,
  tags: tags.map((tag) => `${tag.group.name} ${tag.group.color} ${tag.name}`).sort(),
  sharees: sharedWith.nodes.map(({ employee }) => employee.name).sort(),
  owner: owner.name,
  supervisors: owner.supervisors.map((one) => one.name).sort(),
});

interface Order {
  id: string;
  number: string;
  state: string;
  recipient: string;
  lines: { name: string; quantity: number; shipped: number }[];
  shipments: { carrier: string; shippedAt: string }[];
}
const orderRow = ({ id, number, state, recipient, lines, shipments }: Order) => ({
  id: uuidOf(id),
  texts: [number, state, recipient],
  lines: lines.map(({ name, quantity, shipped }) => [name, quantity, shipped]),
  shipments: shipments.map((one) => [one.carrier, instant(one.shippedAt)]),
});

const instant = (text: string): number => Date.parse(text);

export const guichetDialect: Dialect = {
  ask(request: Request) {
    const query = QUERIES[request.operation];
    switch (request.operation) {
      case 'Q2':
        return { query, variables: { id: idOf('Contact', request.contactId!) } };
      case 'Q5':
        return { query, variables: { search: request.search, tag: idOf('Tag', request.tagId!) } };
      case 'M1':
        return {
          query,
          variables: { input: { taskId: idOf('FormTask', request.taskId!), nextApproverId: idOf('Employee', request.nextId!) } },
        };
      default:
        return { query };
    }
  },
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as they were asked for
  read(operation, data: any) {
    if (operation === 'Q1' || operation === 'Q5') return data.contacts.nodes.map(contactRow);
    if (operation === 'A1') return data.orders.nodes.map(orderRow);
    if (operation === 'Q4') return true;
    if (operation === 'M1') return data.approveFormTask.task.state;
    if (operation === 'Q3')
      return data.myTasks.nodes.map((task: never) => {
        const { id, createdAt, form, earlierDecisions } = task as {
          id: string;
          createdAt: string;
          form: { number: string; state: string; contact: { name: string } };
          earlierDecisions: { decision: string; decidedAt: string; assignee: { name: string } }[];
        };
        const earlier = earlierDecisions.map((one) => [one.decision, instant(one.decidedAt), one.assignee.name]);
        return { id: uuidOf(id), at: instant(createdAt), number: form.number, state: form.state, contact: form.contact.name, earlier };
      });
    const { id, name, phone, position, address, email, remark, source, createdAt, updatedAt, company, owner, viewerCan, timeline } =
      data.contact;
    const entries = timeline.nodes.map((entry: { id: string; kind: string; at: string; actor: { name: string } }) => [
      uuidOf(entry.id),
      entry.kind,
      instant(entry.at),
      entry.actor.name,
    ]);
    const texts = { id: uuidOf(id), name, phone, position, address, email, remark, source, company: company.name, owner: owner.name };
    return { ...texts, created: instant(createdAt), updated: instant(updatedAt), can: [viewerCan.edit, viewerCan.call], entries };
  },
};
