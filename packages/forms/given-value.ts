/** A value as it is kept: JSON, in a form that is its kind's own. */
export type StoredValue = string | boolean | readonly string[] | { readonly [name: string]: unknown };
/** Values by the ids of their fields. */
export type StoredValues = Readonly<Record<string, StoredValue>>;

/** In minor units. */
export interface GivenMoney {
  readonly amount: number;
  readonly currency: string;
}
export interface GivenLocation {
  readonly name?: string | null;
  readonly latitude: number;
  readonly longitude: number;
  /** In metres. */
  readonly accuracy?: number | null;
}
/** One value as it comes in, `FieldValueInput` of GraphQL: the field's name, and in exactly one of the other ways the value; null or nothing in it empties the field. */
export interface GivenValue {
  readonly field: string;
  readonly text?: string | null;
  /** A decimal number, as it was written. */
  readonly number?: string | number | null;
  readonly money?: GivenMoney | null;
  readonly date?: string | null;
  readonly optionIds?: readonly string[] | null;
  readonly employeeId?: string | null;
  readonly yes?: boolean | null;
  readonly uploadIds?: readonly string[] | null;
  readonly location?: GivenLocation | null;
  readonly lines?: readonly { readonly values: readonly GivenValue[] }[] | null;
  /** Kinds of plugins have ways of their own. */
  readonly [way: string]: unknown;
}
