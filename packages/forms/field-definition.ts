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
  readonly columns?: readonly FieldDefinition[];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly decimals?: number;
  readonly currency?: string;
}
