import type { Dialect, Request } from './operations.ts';

const instant = (text: string): number => Math.floor(Date.parse(text));
interface Contact {
  id: string;
  name: string;
  phone: string;
  tags: { name: string; group: { name: string; color: string } }[] | null;
  sharees: string[] | null;
  owner: { name: string; supervisors: string[] | null };
}
const contactRow = ({ id, name, phone, tags, sharees, owner }: Contact) => ({
  id,
  name,
  phone,
  tags: (tags ?? []).map((tag) => `${tag.group.name} ${tag.group.color} ${tag.name}`).sort(),
  sharees: [...(sharees ?? [])].sort(),
  owner: owner.name,
  supervisors: [...(owner.supervisors ?? [])].sort(),
});

interface Order {
  id: string;
  texts: string[];
  lines: unknown[];
  shipments: [string, string][] | null;
}
const orderRow = ({ shipments, ...order }: Order) => ({
  ...order,
  shipments: (shipments ?? []).map(([carrier, at]) => [carrier, instant(at)]),
});

export const limitDialect: Dialect = {
  ask({ operation, contactId, search, tagId, taskId, nextId }: Request) {
    const variables = { Q2: { id: contactId }, Q5: { search, tag: tagId }, M1: { taskId, nextId } }[operation as 'Q2'];
    return { query: operation, variables };
  },
  // biome-ignore lint/suspicious/noExplicitAny: answers are read as they were asked for
  read(operation, data: any) {
    if (operation === 'Q1' || operation === 'Q5') return (data ?? []).map(contactRow);
    if (operation === 'A1') return (data ?? []).map(orderRow);
    if (operation === 'Q4') return true;
    if (operation === 'M1') return data.state;
    if (operation === 'Q3')
      return data.map(
        ({
          id,
          createdAt,
          number,
          state,
          contact,
          earlier,
        }: {
          id: string;
          createdAt: string;
          number: string;
          state: string;
          contact: string;
          earlier: [string, string, string][] | null;
        }) => ({
          id,
          at: instant(createdAt),
          number,
          state,
          contact,
          earlier: (earlier ?? []).map(([decision, at, name]) => [decision, instant(at), name]),
        }),
      );
    const { createdAt, updatedAt, canEdit, canCall, timeline, ...texts } = data;
    const entries = timeline.map((entry: { id: string; kind: string; at: string; actor: string }) => [
      entry.id,
      entry.kind,
      instant(entry.at),
      entry.actor,
    ]);
    return { ...texts, created: instant(createdAt), updated: instant(updatedAt), can: [canEdit, canCall], entries };
  },
};
