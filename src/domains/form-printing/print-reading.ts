import { type Answer, encodeGlobalId, type Language, type ReadingAs, type Seat } from '../../sdk/index.ts';
import type { CustomerState, FormState, HistoryKind } from '../forms/index.ts';

export interface PrintedValue {
  readonly field: { readonly id: string; readonly label: string };
  readonly text: string | null;
  readonly lines?: readonly { readonly values: readonly PrintedValue[] }[];
  readonly totals?: readonly PrintedValue[];
}
export interface PrintedComment {
  readonly text: string;
  readonly at: string;
  readonly fromCustomer: boolean;
  readonly author?: { readonly name: string } | null;
}
export interface PrintedChange {
  readonly label: string;
  readonly from: { readonly text: string | null } | null;
  readonly to: { readonly text: string | null } | null;
}
export interface PrintedEvent {
  readonly kind: HistoryKind;
  readonly at: string;
  readonly actor: { readonly name: string } | null;
  readonly next: { readonly name: string } | null;
  /** In whose places it was done. */
  readonly for: readonly { readonly name: string }[];
  readonly comment: string | null;
  readonly changes: readonly PrintedChange[] | null;
}
/** A form as its reader is answered: what is not theirs to read is not there. */
export interface PrintedForm {
  readonly number: string;
  readonly state?: FormState | null;
  readonly customerState: CustomerState;
  readonly customerStateSince: string;
  readonly submittedAt: string;
  readonly template: { readonly name: string } | null;
  readonly contactName: string | null;
  readonly contact?: { readonly company: { readonly name: string } | null } | null;
  readonly correctionReason: string | null;
  readonly answers: readonly { readonly label: string; readonly value: PrintedValue | null }[] | null;
  readonly comments: readonly PrintedComment[];
  /** Undefined: not for this reader. */
  readonly history?: readonly PrintedEvent[];
}
export interface Printed {
  readonly form: PrintedForm;
  readonly organization: { readonly name: string; readonly timeZone: string };
}

const CELL = 'field { id label } text';
const COMMON = `number contactName customerState customerStateSince submittedAt template { name } correctionReason
  answers { label value { ${CELL} ... on LinesValue { lines { values { ${CELL} } } totals { ${CELL} } } } }`;
const PAGE = 100;
/** Two documents, for two schemas: what the portal's has not got, no customer's page can show. */
const OUTSIDE = `query ($id: ID!) { organization { name timeZone } businessForm(id: $id) { ${COMMON} } }`;
const INSIDE = `query ($id: ID!) { organization { name timeZone } businessForm(id: $id) { ${COMMON} state contact { company { name } } } }`;
const pageOf = (list: string, fields: string): string =>
  `query ($id: ID!, $after: Cursor) { businessForm(id: $id) { list: ${list}(first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${fields} } } } }`;
const COMMENTS = 'text at fromCustomer';
const LISTS = {
  said: pageOf('comments', COMMENTS),
  saidInside: pageOf('comments', `${COMMENTS} author { name }`),
  history: pageOf('history', 'kind at actor { name } for { name } next { name } comment changes { label from { text } to { text } }'),
};
interface List<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Node[];
}
interface Page<Node> {
  readonly businessForm: { readonly list: List<Node> | null } | null;
}

/** Reads a form as a seat does, through its own schema. @returns undefined where it may not read what was filled in */
export async function readPrinted(reading: ReadingAs, seat: Seat, formId: string, language: Language): Promise<Printed | undefined> {
  const isInside = seat.kind === 'EMPLOYEE';
  const id = encodeGlobalId('BusinessForm', formId);
  const { data } = await reading.ask<{ readonly organization: Printed['organization'] | null; readonly businessForm: PrintedForm | null }>(
    seat,
    isInside ? INSIDE : OUTSIDE,
    { id },
    language,
  );
  if (!data?.organization || !data.businessForm?.answers) return undefined;
  const all = async <Node>(document: string): Promise<readonly Node[]> => {
    const nodes: Node[] = [];
    for (let after: string | null | undefined = null; after !== undefined; ) {
      const answer: Answer<Page<Node>> = await reading.ask<Page<Node>>(seat, document, { id, after }, language);
      const list: List<Node> | null | undefined = answer.data?.businessForm?.list;
      nodes.push(...(list?.nodes ?? []));
      after = list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : undefined;
    }
    return nodes;
  };
  const comments = await all<PrintedComment>(isInside ? LISTS.saidInside : LISTS.said);
  const form = { ...data.businessForm, comments };
  return { organization: data.organization, form: isInside ? { ...form, history: await all<PrintedEvent>(LISTS.history) } : form };
}
