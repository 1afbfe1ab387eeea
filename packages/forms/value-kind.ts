import type { ReportFault } from './fault.ts';
import type { FieldDefinition } from './field-definition.ts';
import type { StoredValue } from './given-value.ts';

/** What a kind may ask while it takes a value. */
export interface Taking {
  /** ISO 3166: phones without a country code are read as of this country. */
  readonly country: string;
  /** Reads a phone as it is kept, such as `+8613800000001`; undefined for what is none. Without a reader phones are taken as they are written. */
  phone?(text: string, country: string): string | undefined;
}

/** What of a value lies elsewhere: whoever writes the value down looks whether it is there. */
export interface References {
  readonly employees?: readonly string[];
  readonly files?: readonly string[];
}

/** How values of one kind of field are taken in, on a server and where they are filled in. */
export interface ValueKind<Stored extends StoredValue = StoredValue> {
  /** `TEXT`; of plugins with their prefix. */
  readonly name: string;
  /** In which ways of `GivenValue` it is given. Nothing: nobody fills it in. */
  readonly given: readonly string[];
  /** Whether something has the shape in which values are given, or kept; `isEmpty` and `take` see nothing else. */
  isGiven?(given: unknown): boolean;
  /** Whether what was given says nothing, and so empties the field. */
  isEmpty?(given: unknown): boolean;
  /** @param given in one of its ways, not null. @returns the value as it is kept; undefined where a fault was told. */
  take(given: unknown, field: FieldDefinition, report: ReportFault, taking: Taking): Stored | undefined;
  references?(value: Stored, field: FieldDefinition): References;
}
/** No list, and no object. */
export const isSimple = (given: unknown): boolean => typeof given !== 'object';
export const isTexts = (given: unknown): given is readonly string[] =>
  Array.isArray(given) && given.every((one) => typeof one === 'string');
export const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

export type ValueKindOf = (name: string) => ValueKind | undefined;

/** Keeps the type of its values to itself: they come back to the kind that took them. */
export const valueKind = <Stored extends StoredValue>(kind: ValueKind<Stored>): ValueKind => kind as ValueKind;
