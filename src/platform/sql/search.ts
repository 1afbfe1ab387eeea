import type { Table } from '../database/table.ts';
import type { Rule } from '../permissions/rule.ts';

/** A table of terms, read by range: search that keeps its index under row level security (terms are compared byte by byte). */
export interface Search {
  readonly table: Table;
  /** Column of `table` that holds the row's key. */
  readonly key: string;
  readonly rule: Rule;
  /** Terms of this kind find a row for those alone whom a further rule admits to it. */
  readonly guarded?: { readonly kind: string; readonly rule: Rule };
  /** From what was typed to the beginning of the terms that match it; undefined where nothing was typed, and nothing is searched. */
  normalize(typed: string): string | undefined;
  /** Further beginnings: the row has a term of each as well. */
  further?(typed: string): readonly string[];
  /** What rows are linked to has terms of its own, and is what they are found by as well. */
  readonly linked?: LinkedTerms;
}

/** A row is found by terms of what it is linked to: a contact by the name of a tag. */
export interface LinkedTerms {
  /** Terms of what rows are linked to. */
  readonly terms: Table;
  /** Its column that holds the key of what is linked to. */
  readonly of: string;
  readonly links: Table;
  /** Column of `links` that holds the row's key. */
  readonly from: string;
  /** Column of `links` that holds the key of what the row is linked to. */
  readonly to: string;
}
