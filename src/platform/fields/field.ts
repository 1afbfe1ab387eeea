import type { FieldDefinition, FieldOption } from '@guichet/forms';
import type { Issue } from '../input/input-faults.ts';
import type { Language } from '../language/language.ts';

export type { FieldDefinition, FieldOption };
export type FieldSetting = Exclude<keyof FieldDefinition, 'id' | 'name' | 'label' | 'kind' | 'required'>;

/** A value as it is kept: JSON, in a form that is its kind's own. */
export type StoredValue = string | boolean | readonly string[] | { readonly [name: string]: unknown };
/** Values by the ids of their fields. */
export type StoredValues = Readonly<Record<string, StoredValue>>;

export interface GivenMoney {
  readonly amount: number;
  readonly currency: string;
}
export interface GivenLocation {
  readonly name?: string;
  readonly latitude: number;
  readonly longitude: number;
  /** In metres. */
  readonly accuracy?: number;
}
/** One value as it comes in: the field's name, and in exactly one of the other ways the value; null or nothing in it empties the field. */
export interface GivenValue {
  readonly field: string;
  readonly text?: string | null;
  /** A decimal number, as it was written. */
  readonly number?: string | null;
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

/** Tells what is wrong with a value, and where within it. */
export type ReportFault = (fault: Omit<Issue, 'path'>, ...within: readonly string[]) => void;

/** What a kind may ask while it takes a value. */
export interface Taking {
  /** ISO 3166: phones without a country code are read as of this country. */
  readonly country: string;
}

/** What values refer to, as it is shown; what the reader may not know of is undefined. */
export interface Shown {
  readonly language: Language;
  employee?(id: string): string | undefined;
  file?(id: string): string | undefined;
}
