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
  /** A word such as `TEXT`. */
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
