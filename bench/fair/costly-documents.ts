import type { Asked } from '../operations.ts';

/** A document that costs the server much and is not refused. */
export interface CostlyDocument extends Asked {
  readonly name: string;
}
const times = (count: number, part: (i: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join(' ');
const aliased = (count: number, field: (i: number) => string): string => times(count, (i) => `a${i}: ${field(i)}`);
/** No index serves it, and nothing matches: every row is looked at. */
const NEVER = 'lastInteractionAt: { before: "1970-01-02T00:00:00Z" }';
const before = (year: number): object => ({ lastInteractionAt: { before: `${year}-01-01T00:00:00Z` } });
const TWENTY = { and: [...Array.from({ length: 19 }, (_, i) => ({ not: before(1971 + i) })), before(1971)] };

/**
 * What a seat that wishes ill, or a client that was written badly, would send. The list grows: whoever finds a document that costs others more
 * puts it here.
 */
export const COSTLY_DOCUMENTS: readonly CostlyDocument[] = [
  { name: 'counts', query: `{ ${aliased(10, () => 'contacts { totalCount totalCountIsExact }')} }` },
  { name: 'searched counts', query: `{ ${aliased(6, (i) => `contacts(search: "${i}") { totalCount }`)} }` },
  {
    name: 'counts of what is not there',
    query: `{ ${aliased(6, (i) => `contacts(search: "${i}", where: { ${NEVER} }) { totalCount }`)} }`,
  },
  {
    name: 'pages of what is not there',
    query: `{ ${aliased(10, (i) => `contacts(search: "${i}", where: { ${NEVER} }) { nodes { id } }`)} }`,
  },
  {
    name: 'twenty comparisons of every row',
    query: `query ($where: ContactFilter) { ${aliased(10, () => 'contacts(where: $where) { nodes { id } }')} }`,
    variables: { where: TWENTY },
  },
  {
    name: 'the end of all, by name',
    query: `{ ${aliased(10, () => 'contacts(last: 100, orderBy: [{ field: NAME, direction: ASC }]) { nodes { id name phone } }')} }`,
  },
  {
    name: 'ten thousand objects, written by PostgreSQL',
    query: `{ contacts(first: 100) { nodes { id name timeline(first: 90) { nodes { id kind at actor { name mainDepartment { name parent { name } } } } } } } }`,
  },
  {
    name: 'ten thousand objects, put together by the executor',
    query: `{ contacts(first: 100) { nodes { id phoneFormatted timeline(first: 90) { nodes { id kind at contact { id name phone phoneFormatted } } } } } }`,
  },
  {
    name: 'what the seat may do with each',
    query: `{ contacts(first: 100) { nodes { id viewerRoles viewerCan { edit delete call message } owner { name supervisors { name } } sharedWith(first: 50) { nodes { employee { name } } } } } }`,
  },
  {
    name: 'forms of tasks of forms',
    query: `{ businessForms(first: 40) { nodes { id tasks(first: 10) { nodes { id form { id history(first: 10) { nodes { kind } } contact { name } } } } } } }`,
  },
  {
    name: 'seats and sessions',
    query: `{ ${aliased(5, () => 'sessions { id seat { name } }')} ${times(5, (i) => `b${i}: seats { name }`)} }`,
  },
];
