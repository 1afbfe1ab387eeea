/** A choice of a field: found by its id, whatever its label becomes. */
export interface FieldOption {
  readonly id: string;
  readonly label: string;
  /** Of a cascade: the choice above it. */
  readonly parentId?: string;
}

/** What all kinds of field share. Ids are made once, and never reused in their set. */
export interface FieldDefinition {
  readonly id: string;
  /** For programs, unique in its set. */
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly options?: readonly FieldOption[];
  /** Of line items: what each line holds. */
  readonly columns?: readonly FieldDefinition[];
  /** Least value: a decimal number (of money in whole units) or a day. */
  readonly min?: string;
  readonly max?: string;
  readonly maxLength?: number;
  readonly decimals?: number;
  readonly currency?: string;
  /** Most lines, files or choices. */
  readonly most?: number;
  /** A column that nobody fills in: the names of the columns before it whose product it is. */
  readonly product?: readonly string[];
  /** A column that is added up. */
  readonly summed?: boolean;
}
