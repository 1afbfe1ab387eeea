import type { Issue } from '../input/input-faults.ts';
import type { Language } from '../language/language.ts';

/** One thing that can be chosen. Its id is made once and never used again; its label may change. */
export interface FieldOption {
  readonly id: string;
  readonly label: string;
  /** `CASCADE`: the option beneath which it is offered. */
  readonly parentId?: string;
}

/** What every kind of field is defined by. A kind knows some of the settings; others are faults of its definition. */
export interface FieldDefinition {
  /** Made once, never used again: values are kept by it. */
  readonly id: string;
  /** What programs call it, unique in its set. */
  readonly name: string;
  readonly label: string;
  /** A word of `FieldKinds`. */
  readonly kind: string;
  readonly required: boolean;
  readonly options?: readonly FieldOption[];
  /** `LINES`: what each line holds. */
  readonly columns?: readonly FieldDefinition[];
  /** Least value: a decimal number (`NUMBER`; `MONEY` in whole units, such as yuan) or a day (`DATE`). */
  readonly min?: string;
  readonly max?: string;
  readonly maxLength?: number;
  readonly decimals?: number;
  /** `MONEY`: ISO 4217; CNY where it says nothing. */
  readonly currency?: string;
  /** Most lines, files or choices. */
  readonly most?: number;
  /** A column of `LINES` that nobody fills in: the names of the columns whose product it is. */
  readonly product?: readonly string[];
  /** A column of `LINES` that is added up. */
  readonly summed?: boolean;
}
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
