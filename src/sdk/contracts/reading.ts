import type { Language } from '../../platform/language/language.ts';
import type { Seat } from '../../platform/permissions/seat.ts';
import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** What a seat is answered. */
export interface Answer<Data> {
  readonly data: Data | null | undefined;
  /** With their codes; a value that the seat may not read is null and has one. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}
/** Questions of a seat that the server itself asks, as an export does: answered by the same rules as if the seat had asked. */
export interface ReadingAs {
  /** The seat with the rights that it has now; undefined where it has ended. @param id UUID */
  seat(organizationId: string, id: string, kind: Seat['kind']): Promise<Seat | undefined>;
  /** @param document one query, written once: it is parsed and validated the first time */
  ask<Data>(seat: Seat, document: string, variables: Readonly<Record<string, unknown>>, language: Language): Promise<Answer<Data>>;
}
/** Reads the server’s own schema as a seat would, under its rules: for jobs such as exports. */
export const readingAs = service<ReadingAs>('server.readingAs');

/** Work of the server's own that a seat's query asks for: in one transaction that writes nothing and holds nothing. */
export interface LookingAs {
  look<T>(seat: Seat, work: (use: UseCase) => Promise<T>): Promise<T>;
}
/** Looks at rows as a seat would, in a transaction that writes nothing: for what is read by rules and is no GraphQL. */
export const lookingAs = service<LookingAs>('server.lookingAs');
