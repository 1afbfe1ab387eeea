/** What a contract is drafted with. */
export interface Draft {
  readonly contactId: string;
  readonly title: string;
  readonly kind: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly startsOn: string;
  readonly endsOn?: string;
  readonly renewsMonths?: number;
  readonly noticeDays?: number;
  readonly ownName: string;
  readonly counterpartyName: string;
  readonly counterpartyCode?: string;
  readonly counterpartyAddress?: string;
}
/** What it says: a text, a file, or a template with its values. */
export interface Wording {
  readonly text?: string;
  readonly uploadId?: string;
  readonly templateId?: string;
  readonly values?: readonly { readonly name: string; readonly value: string }[];
  readonly note?: string;
}
