import type { ZodType } from 'zod';
import type { Migration } from '../platform/database/migrations.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import type { DeclaredEntity } from '../platform/entities/entity.ts';
import type { AnyJobKind, Clock } from '../platform/jobs/job-kind.ts';
import type { Rule } from '../platform/permissions/rule.ts';
import type { RightScope, Seat } from '../platform/permissions/seat.ts';
import type { ProvidedService, Registration } from '../platform/write/service.ts';
import type { Listener, UseCase } from '../platform/write/use-case.ts';

import type { GuichetBuilder } from './builder.ts';
import type { Moves } from './moves.ts';

/** What a module knows of a seat before any row is read (spec 2.2). */
export interface SeatFacts {
  /** The seat is no more, such as an employee who left: its tokens are refused. */
  readonly gone?: boolean;
  readonly rights?: ReadonlyMap<string, RightScope>;
  /** Facts that decide roles, such as that it supervises somebody. */
  readonly traits?: readonly string[];
  readonly pluginsOff?: readonly string[];
}
/**
 * Finds what a module knows of a seat, within the seat's organization. What it reads lies in tables that say `decidesSeats`, so that a
 * change is noticed within a second. A plugin that throws or takes longer than a second knows nothing.
 */
export type FindSeatFacts = (transaction: Transaction, seat: Pick<Seat, 'id' | 'kind' | 'organizationId'>, now: Date) => Promise<SeatFacts>;

/**
 * Brings rows up to date whose values SQL cannot compute. Servers do it beside their requests when they start, and look again every hour for
 * rows that a server of an older version has written meanwhile.
 */
export interface Backfill {
  /** What is brought up to date, for the log. */
  readonly name: string;
  /**
   * Does some of what is left in one organization, in a transaction of its own; another server may be at it too.
   * @param after what the batch before returned; undefined for the first.
   * @returns where it ended; undefined where nothing is left.
   */
  batch(transaction: Transaction, organizationId: string, after: string | undefined): Promise<string | undefined>;
}

/**
 * One module: a domain of the core or a plugin. They differ in trust, not in shape (spec 8.1).
 * Everything is checked when it is loaded: an error says which module, what is wrong and how to mend it (spec 8.3).
 */
export interface ModuleDefinition {
  /** Lower case letters, digits and dashes; the prefix of a plugin's database schema, `plg_<name>`. */
  readonly name: string;
  /** Semantic version of the module. */
  readonly version: string;
  readonly description: string;
  /** Range of Guichet versions that the module works with, such as `^0.1.0`. Plugins must say it. */
  readonly guichet?: string;
  /** Names of modules that must be loaded before it. */
  readonly needs?: readonly string[];
  /** Every table of the module, as `tenantEntity` declares it. */
  readonly entities?: readonly DeclaredEntity[];
  readonly migrations?: readonly Migration[];
  /** What migrations leave to be done that SQL cannot compute. */
  readonly backfills?: readonly Backfill[];
  /** Every rule of the module, for the permission table. */
  readonly rules?: readonly Rule[];
  /**
   * Admin rights that its rules name, by their words, each with what it is for; a plugin's carry its prefix: `ORDERING_PRICE`. Admins with
   * `PLUGINS` for the whole organization grant a plugin's.
   */
  readonly rights?: Readonly<Record<string, string>>;
  /** Declares types, fields, mutations and subscriptions with the Pothos builder; called once, for all surfaces. */
  types?(builder: GuichetBuilder): void;
  /** Further plugins of Pothos that `types` uses, by the names that their packages export. */
  readonly pothos?: readonly string[];
  readonly listeners?: readonly Listener[];
  readonly services?: readonly ProvidedService[];
  readonly registrations?: readonly Registration[];
  /** States and moves of its types (`defineMoves`), for the pictures in its page of the docs. */
  readonly moves?: readonly Moves[];
  readonly seatFacts?: FindSeatFacts;
  /** Kinds of long work that its use cases start (`defineJob`, `use.startJob`). */
  readonly jobs?: readonly AnyJobKind[];
  /** What every organization has done at certain times. */
  readonly clocks?: readonly Clock[];
  /** Settings of each organization, with defaults for all: parsed from `{}` where an organization has set nothing. */
  readonly settings?: ZodType;
  /** Data of the demo, for one organization, by an admin's seat; run once. */
  demo?(use: UseCase, people: DemoPeople): Promise<void>;
}

/** Whom the demo has in an organization. */
export interface DemoPeople {
  /** UUIDs of contacts who are let in at its window. */
  readonly customers: readonly string[];
}

/**
 * Declares a module; a plugin's `index.ts` exports it by default. It is checked when it is loaded, not here.
 *
 * @example
 * export default defineModule({
 *   name: 'lending',
 *   version: '1.0.0',
 *   description: 'Lends tools to customers.',
 *   guichet: '^0.1.0',
 *   entities: [Loan],
 *   migrations: readMigrations(new URL('./migrations/', import.meta.url)),
 *   rules: Object.values(lending),
 *   types: loanTypes,
 * });
 */
export const defineModule = (definition: ModuleDefinition): ModuleDefinition => definition;
