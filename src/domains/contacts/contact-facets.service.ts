import { type FieldContext, type Listed, type ListedKeys, listedData, organizationData, type Transaction } from '../../sdk/index.ts';

/** Contacts that are looked at; past them the counts are of some of them. */
const MOST_COUNTED = 10_000;
/** Values of each kind that are told, those of most contacts first. */
const MOST_VALUES = 100;

export interface Facet {
  readonly id: string | null;
  readonly name: string | null;
  readonly count: number;
}
export interface Facets {
  readonly total: number;
  readonly isExact: boolean;
  readonly tags: readonly (Facet & { readonly groupId: string })[];
  readonly owners: readonly Facet[];
  readonly sources: readonly { readonly source: string; readonly count: number }[];
}

/** What the contacts of a list carry, by one statement over the rows that the seat finds there. @throws what the list refuses */
export function facetsOf({ seat, now, switchboard }: FieldContext, list: Listed): Promise<Facets> {
  const keys = switchboard.service(listedData).keys(list, seat, now, MOST_COUNTED + 1);
  return switchboard.service(organizationData).read(seat.organizationId, (transaction) => counted(transaction, keys, seat.organizationId));
}

async function counted({ client }: Transaction, { text, values }: ListedKeys, organizationId: string): Promise<Facets> {
  const own = `$${values.length + 1}::uuid`;
  const all = (rows: string): string => `(select coalesce(json_agg(row_to_json(facet)), '[]') from (${rows} limit ${MOST_VALUES}) facet)`;
  const tags = `select tag.id, tag.name, tag.group_id as "groupId", count(*)::int as count from counted
    join contact_tags tagging on tagging.organization_id = ${own} and tagging.contact_id = counted.key
    join tags tag on tag.organization_id = ${own} and tag.id = tagging.tag_id group by tag.organization_id, tag.id order by count(*) desc, tag.id`;
  const owners = `select owner.id, owner.name, count(*)::int as count from counted
    join contacts contact on contact.organization_id = ${own} and contact.id = counted.key
    left join employees owner on owner.organization_id = ${own} and owner.id = contact.owner_id
    group by owner.organization_id, owner.id order by count(*) desc, owner.id`;
  const sources = `select contact.source, count(*)::int as count from counted
    join contacts contact on contact.organization_id = ${own} and contact.id = counted.key group by contact.source order by count(*) desc, contact.source`;
  const { rows } = await client.query<{ facets: Facets }>(
    `with listed as materialized (${text}), counted as materialized (select key from listed limit ${MOST_COUNTED})
     select json_build_object('total', (select count(*) from counted), 'isExact', (select count(*) <= ${MOST_COUNTED} from listed),
       'tags', ${all(tags)}, 'owners', ${all(owners)}, 'sources', ${all(sources)}) as facets`,
    [...values, organizationId],
  );
  return rows[0]!.facets;
}
