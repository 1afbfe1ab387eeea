/** What a contestant is asked: a document and how to read its answer as the plain rows that all must agree on. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}
export const OPERATIONS = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'A1', 'M1'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What one request is about; ids are UUIDs. */
export interface Request {
  readonly operation: Operation;
  readonly seat: BenchSeat;
  readonly contactId?: string;
  readonly tagId?: string;
  readonly search?: string;
  readonly taskId?: string;
  readonly nextId?: string;
}
export type SeatKind = 'staff' | 'team' | 'department' | 'company';
export interface BenchSeat {
  readonly kind: SeatKind;
  /** UUID of the employee. */
  readonly id: string;
  readonly organizationId: string;
  /** Token for this server; the others take the ids. */
  readonly token: string;
}

/** One contestant's way to ask, and to read the answer. */
export interface Dialect {
  ask(request: Request): Asked;
  read(operation: Operation, data: never): unknown;
}
