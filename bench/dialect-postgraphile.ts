import type { Dialect, Request } from './operations.ts';

const CONTACT = `rowId name phone
  tags: contactTagsByOrganizationIdAndContactId { nodes { tag: tagByOrganizationIdAndTagId { name group: tagGroupByOrganizationIdAndGroupId { name color } } } }
  sharedWith: contactSharesByOrganizationIdAndContactId(first: 3, orderBy: [PRIMARY_KEY_DESC]) { nodes { employee: employeeByOrganizationIdAndEmployeeId { name } } }
  owner: employeeByOrganizationIdAndOwnerId { name supervisors { nodes { name } } }`;
const QUERIES = {
  Q1: `query Q1 { allContacts(first: 50, orderBy: [PRIMARY_KEY_DESC]) { nodes { ${CONTACT} } } }`,
  Q2: `query Q2($organization: UUID!, $id: UUID!) { contact: contactByOrganizationIdAndRowId(organizationId: $organization, rowId: $id) {
    rowId name phone position address email remark source createdAt updatedAt
    company: companyByOrganizationIdAndCompanyId { name } owner: employeeByOrganizationIdAndOwnerId { name } canEdit canCall
    timeline: interactionsByOrganizationIdAndContactId(first: 20, orderBy: [PRIMARY_KEY_DESC]) { nodes { rowId kind at actor: employeeByOrganizationIdAndActorId { name } } } } }`,
  Q3: `query Q3($me: UUID!) { allFormTasks(first: 20, condition: { assigneeId: $me, state: "OPEN" }, orderBy: [PRIMARY_KEY_DESC]) { nodes {
    rowId createdAt form: businessFormByOrganizationIdAndFormId { number state contactName }
    earlier: earlierDecisions { nodes { decision decidedAt assignee: employeeByOrganizationIdAndAssigneeId { name } } } } } }`,
  Q4: `query Q4 { __typename }`,
  Q5: `query Q5($search: String!, $tag: UUID!) { allContacts: findContacts(search: $search, tag: $tag, first: 50) { nodes { ${CONTACT} } } }`,
  A1: `query A1 { allOrdereds(first: 20, orderBy: [PRIMARY_KEY_DESC]) { nodes { formId number state recipient form: businessFormByOrganizationIdAndFormId {
    lines: orderedLinesByOrganizationIdAndFormId(orderBy: [POSITION_ASC]) { nodes { name quantity shipped } }
    shipments: orderedShipmentsByOrganizationIdAndFormId(orderBy: [PRIMARY_KEY_ASC]) { nodes { carrier shippedAt } } } } } }`,
  M1: `mutation M1($input: ApproveTaskInput!) { approveTask(input: $input) { result { rowId state } } }`,
};
const instant = (text: string): number => Math.floor(Date.parse(text));
interface Contact {
  rowId: string;
  name: string;
  phone: string;
  tags: { nodes: { tag: { name: string; group: { name: string; color: string } } }[] };
  sharedWith: { nodes: { employee: { name: string } }[] };
  owner: { name: string; supervisors: { nodes: { name: string }[] } };
}
const contactRow = ({ rowId, name, phone, tags, sharedWith, owner }: Contact) => ({
  id: rowId,
  name,
  phone,
  tags: tags.nodes.map(({ tag }) => `${tag.group.name} ${tag.group.color} ${tag.name}`).sort(),
  sharees: sharedWith.nodes.map(({ employee }) => employee.name).sort(),
  owner: owner.name,
  supervisors: owner.supervisors.nodes.map((one) => one.name).sort(),
});

interface Order {
  formId: string;
  number: string;
  state: string;
  recipient: string;
  form: {
    lines: { nodes: { name: string; quantity: number; shipped: number }[] };
    shipments: { nodes: { carrier: string; shippedAt: string }[] };
  };
}
const orderRow = ({ formId, number, state, recipient, form: { lines, shipments } }: Order) => ({
  id: formId,
  texts: [number, state, recipient],
  lines: lines.nodes.map(({ name, quantity, shipped }) => [name, quantity, shipped]),
  shipments: shipments.nodes.map((one) => [one.carrier, instant(one.shippedAt)]),
});

export const postgraphileDialect: Dialect = {
  ask(request: Request) {
    const query = QUERIES[request.operation];
    switch (request.operation) {
      case 'Q2':
        return { query, variables: { organization: request.seat.organizationId, id: request.contactId } };
      case 'Q3':
        return { query, variables: { me: request.seat.id } };
      case 'Q5':
        return { query, variables: { search: request.search, tag: request.tagId } };
      case 'M1':
        return { query, variables: { input: { taskId: request.taskId, nextId: request.nextId } } };
      default:
        return { query };
    }
  },
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as they were asked for
  read(operation, data: any) {
    if (operation === 'Q1' || operation === 'Q5') return data.allContacts.nodes.map(contactRow);
    if (operation === 'A1') return data.allOrdereds.nodes.map(orderRow);
    if (operation === 'Q4') return true;
    if (operation === 'M1') return data.approveTask.result.state;
    if (operation === 'Q3')
      return data.allFormTasks.nodes.map((task: never) => {
        const { rowId, createdAt, form, earlier } = task as {
          rowId: string;
          createdAt: string;
          form: { number: string; state: string; contactName: string };
          earlier: { nodes: { decision: string; decidedAt: string; assignee: { name: string } }[] };
        };
        const decisions = earlier.nodes.map((one) => [one.decision, instant(one.decidedAt), one.assignee.name]);
        return { id: rowId, at: instant(createdAt), number: form.number, state: form.state, contact: form.contactName, earlier: decisions };
      });
    const {
      rowId,
      name,
      phone,
      position,
      address,
      email,
      remark,
      source,
      createdAt,
      updatedAt,
      company,
      owner,
      canEdit,
      canCall,
      timeline,
    } = data.contact;
    const entries = timeline.nodes.map((entry: { rowId: string; kind: string; at: string; actor: { name: string } }) => [
      entry.rowId,
      entry.kind,
      instant(entry.at),
      entry.actor.name,
    ]);
    const texts = { id: rowId, name, phone, position, address, email, remark, source, company: company.name, owner: owner.name };
    return { ...texts, created: instant(createdAt), updated: instant(updatedAt), can: [canEdit, canCall], entries };
  },
};
