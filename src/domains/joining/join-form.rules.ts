import { parseFields } from '../../sdk/core.ts';
import { type Issue, input } from '../../sdk/index.ts';
import { applicantName } from './applicant-name.rules.ts';
import { type Application, MOST } from './applying.service.ts';
import type { Written } from './join-page.html.ts';

const FIELDS = {
  name: input.name('', { max: MOST.name }),
  phone: input.text('', { max: 40 }),
  message: input.optional(input.text('', { max: MOST.message })),
};

/** What a form has sent; a field that it has not is empty. */
export function formIn(body: string): { readonly step: string; readonly token: string; readonly written: Written } {
  const sent = new URLSearchParams(body);
  const of = (name: string): string => (sent.get(name) ?? '').replaceAll('\r\n', '\n'); // as forms send lines
  const written = { name: of('name'), phone: of('phone'), message: of('message'), verificationCode: of('verificationCode') };
  return { step: of('step'), token: of('token'), written };
}

function parsed({ name, phone, message }: Written) {
  const issues: Issue[] = [];
  const values = parseFields(FIELDS, { name, phone, message }, [], (issue) => issues.push(issue));
  issues.push(...applicantName(values.name));
  return { issues, values };
}
/** Faults of what was written, each with its field. */
export const issuesIn = (written: Written): readonly Issue[] => parsed(written).issues;

/** What was written, as somebody applies with it. A page always brings a code, if an empty one: what it sends is proven or refused. */
export function givenIn(written: Written): Application {
  const { name, phone, message } = parsed(written).values;
  return { name, phone, message, verificationCode: written.verificationCode.slice(0, MOST.verificationCode) };
}
