import type { FieldDefinition } from './field-definition.ts';

/** Who reads a field (spec 6.9): STAFF never reaches the customer. */
export const FIELD_READERS = ['EVERYBODY', 'STAFF'] as const;
export type FieldReaders = (typeof FIELD_READERS)[number];

export const COMPARISONS = ['EQ', 'NE', 'LT', 'LTE', 'GT', 'GTE', 'IN', 'FILLED', 'EMPTY'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Compares the value of one field, named by its id. FILLED and EMPTY take no value; IN takes a list; a number is compared as a number. */
export interface FieldCondition {
  readonly field: string;
  /** Of line items: the id of a summed column, whose total is compared. */
  readonly total?: string;
  readonly op: Comparison;
  readonly value?: unknown;
}
/** A typed tree, bounded in depth and size: there is no language to escape from. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | FieldCondition;

export interface TemplateField extends FieldDefinition {
  /** Heading under which it stands; that of the field before it where there is none. */
  readonly section?: string;
  readonly hint?: string;
  readonly readBy: FieldReaders;
  readonly writtenBy: 'SUBMITTER' | { readonly stepIds: readonly string[] };
  readonly showWhen?: Condition;
  readonly requireWhen?: Condition;
}

export type Approver =
  | { readonly by: 'EMPLOYEE'; readonly employeeId: string }
  | { readonly by: 'OWNER' }
  | { readonly by: 'OWNERS_SUPERVISOR' }
  | { readonly by: 'RIGHT'; readonly right: string }
  | { readonly by: 'DEPARTMENT_SUPERVISORS'; readonly departmentId: string };

export const STEP_MODES = ['ALL', 'ANY', 'IN_ORDER'] as const;
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly approvers: readonly Approver[];
  readonly mode: (typeof STEP_MODES)[number];
  readonly when?: Condition;
  readonly dueHours?: number;
}

export const CC_TIMES = ['START', 'END', 'BOTH'] as const;
export interface Cc {
  readonly employeeId: string;
  readonly at: (typeof CC_TIMES)[number];
}

export const WITHDRAWALS = ['NEVER', 'UNTIL_FIRST_DECISION', 'WHILE_RUNNING'] as const;
export interface Flow {
  readonly withConfirmation: boolean;
  /** BY_HAND: the owner first, then each picks the next. Steps: approvers fixed in advance. */
  readonly route: 'BY_HAND' | readonly Step[];
  readonly cc: readonly Cc[];
  readonly withdrawal: (typeof WITHDRAWALS)[number];
  readonly confirmsItselfAfterDays?: number;
}

export interface Audience {
  readonly contacts: 'ALL' | 'NONE' | { readonly tagIds: readonly string[]; readonly contactIds: readonly string[] };
  readonly employees: boolean;
}

export interface TemplateBody {
  readonly fields: readonly TemplateField[];
  readonly flow: Flow;
  readonly audience: Audience;
  readonly numberPrefix?: string;
}
