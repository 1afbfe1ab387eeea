import type { Dialect, Request } from './operations.ts';

const CONTACT = `id name phone tags { name group { name color } } sharees { name } owner { name supervisors { name } }`;
const QUERIES = {
  Q1: `query Q1 { contacts { ${CONTACT} } }`,
  Q2: `query Q2($id: ID!) { contact(id: $id) { id name phone position address email remark source createdAt updatedAt company { name } owner { name } canEdit canCall
    timeline { id kind at actor { name } } } }`,
  Q3: `query Q3 { myTasks { id createdAt form { number state contact { name } } earlier { decision decidedAt assignee { name } } } }`,
  Q4: `query Q4 { __typename }`,
  Q5: `query Q5($search: String!, $tag: ID!) { contacts: findContacts(search: $search, tag: $tag) { ${CONTACT} } }`,
  A1: `query A1 { orders { id number state recipient lines { name quantity shipped } shipments { carrier shippedAt } } }`,
  M1: `mutation M1($taskId: ID!, $nextId: ID!) { approveTask(taskId: $taskId, nextId: $nextId) { id state } }`,
};
const instant = (text: string): number => Date.parse(text);
interface Contact {
  id: string;
  name: string;
  phone: string;
  tags: { name: string; group: { name: string; color: string } }[];
  sharees: { name: string }[];
  owner: { name: string; supervisors: { name: string }[] };
}
const contactRow = ({ id, name, phone, tags, sharees, owner }: Contact) => ({
  id,
  name,
  phone,
  tags: tags.map((tag) => `${tag.group.name} ${tag.group.color} ${tag.name}`).sort(),
  sharees: sharees.map((one) => one.name).sort(),
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
  id,
  texts: [number, state, recipient],
  lines: lines.map(({ name, quantity, shipped }) => [name, quantity, shipped]),
  shipments: shipments.map((one) => [one.carrier, instant(one.shippedAt)]),
});

export const plainDialect: Dialect = {
  ask({ operation, contactId, search, tagId, taskId, nextId }: Request) {
    const variables = { Q2: { id: contactId }, Q5: { search, tag: tagId }, M1: { taskId, nextId } }[operation as 'Q2'];
    return { query: QUERIES[operation], variables };
  },
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as they were asked for
  read(operation, data: any) {
    if (operation === 'Q1' || operation === 'Q5') return data.contacts.map(contactRow);
    if (operation === 'A1') return data.orders.map(orderRow);
    if (operation === 'Q4') return true;
    if (operation === 'M1') return data.approveTask.state;
    if (operation === 'Q3')
      return data.myTasks.map(
        ({
          id,
          createdAt,
          form,
          earlier,
        }: {
          id: string;
          createdAt: string;
          form: { number: string; state: string; contact: { name: string } };
          earlier: { decision: string; decidedAt: string; assignee: { name: string } }[];
        }) => ({
          id,
          at: instant(createdAt),
          number: form.number,
          state: form.state,
          contact: form.contact.name,
          earlier: earlier.map((one) => [one.decision, instant(one.decidedAt), one.assignee.name]),
        }),
      );
    const { createdAt, updatedAt, canEdit, canCall, timeline, company, owner, ...texts } = data.contact;
    const entries = timeline.map((entry: { id: string; kind: string; at: string; actor: { name: string } }) => [
      entry.id,
      entry.kind,
      instant(entry.at),
      entry.actor.name,
    ]);
    return {
      ...texts,
      company: company.name,
      owner: owner.name,
      created: instant(createdAt),
      updated: instant(updatedAt),
      can: [canEdit, canCall],
      entries,
    };
  },
};
