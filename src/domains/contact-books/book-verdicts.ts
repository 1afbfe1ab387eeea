import type { BookVerdict } from './book.entity.ts';
import type { Draft } from './book-draft.ts';

/** What is known of the phones of a book. */
export interface KnownPhones {
  readonly employees: ReadonlySet<string>;
  readonly contacts: ReadonlySet<string>;
  /** Those of contacts that the seat finds anyway: to be told of them tells nothing. */
  readonly found: ReadonlySet<string>;
  /** How many more the seat may be told of today (spec 3.4). */
  readonly answers: number;
  /** Contacts that the organization may add. */
  readonly places: number;
}
export interface Verdict {
  readonly verdict: BookVerdict | null;
  readonly why: Exclude<BookVerdict, 'NEW' | 'INCOMPLETE' | 'INVALID'> | 'TWICE' | 'UNTOLD' | NonNullable<Draft['fault']> | null;
}

/**
 * What would happen with each entry, in their order. Once the seat has been told of as many known phones as it may, nothing is said of any
 * further phone, known or not: what is left out would tell.
 * @param isComplete whether it has all that a contact must have
 * @returns how many answers that takes
 */
export function verdictsOf(
  drafts: readonly Draft[],
  known: KnownPhones,
  isComplete: (draft: Draft) => boolean,
): { readonly verdicts: readonly Verdict[]; readonly told: number } {
  const seen = new Set<string>();
  let { answers, places } = known;
  const verdicts = drafts.map((draft): Verdict => {
    const { fault, e164 } = draft;
    if (fault || !e164) return { verdict: 'INVALID', why: fault };
    if (seen.has(e164)) return { verdict: 'KNOWN', why: 'TWICE' };
    seen.add(e164);
    if (known.found.has(e164)) return { verdict: 'KNOWN', why: 'KNOWN' };
    if (answers === 0) return { verdict: null, why: 'UNTOLD' };
    const is = known.employees.has(e164) ? 'EMPLOYEE' : known.contacts.has(e164) ? 'KNOWN' : undefined;
    if (is) answers--;
    if (is) return { verdict: is, why: is };
    if (places > 0) places--;
    else return { verdict: 'QUOTA', why: 'QUOTA' };
    return { verdict: isComplete(draft) ? 'NEW' : 'INCOMPLETE', why: null };
  });
  return { verdicts, told: known.answers - answers };
}
