import { type Statements, statementsOn, type TableGiven } from '../database/table-statements.ts';
import { inSavepoint, type Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';
import type { Model } from '../entities/model.ts';
import type { UseEntities } from '../entities/use-entities.ts';
import type { Language } from '../language/language.ts';
import { ConstantError } from '../log/constant.error.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import { notFound, pluginOff, type Refusal } from '../schema/refusal-type.ts';
import { noteAsked } from './asked.ts';
import type { Authorizer } from './authorizer.ts';
import type { Announced, StartableJob } from './begun.ts';
import type { EmittedEvent } from './emitted-event.ts';
import type { Listed, Listings } from './listings.ts';
import { PutOff, type Waiting } from './put-off.ts';
import type { RegistrationPoint, Service, Switchboard } from './service.ts';
import type { Seen } from './sight.ts';
import { shareTurn, takeTurn, turnOfPlugin } from './turns.ts';
import type { Caller, UseCaseRequest } from './use-case-request.ts';

/** Past 1,000, which may wait for a subscriber, whoever follows is told to read afresh. */
const MOST_EVENTS = 10_000;

export interface Listener {
  readonly to: string;
  handle(use: UseCase, payload: unknown): Promise<void>;
}

/** Work on what a whole organization shares, such as a counter (`shared`). Everybody who does it waits for whoever has begun it. */
export interface SharedWork<Part> {
  readonly name: string;
  run(use: UseCase, parts: readonly Part[]): Promise<void>;
}

/** What all use cases of a server share. */
export interface UseCaseParts {
  readonly model: Model;
  readonly listeners: readonly Listener[];
  readonly switchboard: Switchboard;
  readonly authorizer: Authorizer;
  readonly listings: Listings;
  /** Whether an organization has switched a plugin off. */
  isOff(transaction: Transaction, module: string): Promise<boolean>;
  /** Settings of a plugin in an organization. */
  settings(transaction: Transaction, module: string): Promise<unknown>;
  /** Writes a job in the transaction of a use case. @returns its UUID */
  startJob(use: UseCase, kind: StartableJob<unknown>, input: unknown): string;
}
/** The transaction of a use case, for the platform: modules are not given it. */
export let transactionOf: (use: UseCase) => Transaction;

/** One use case on its way: one seat, one transaction (architecture 4). */
export class UseCase {
  readonly seat: Seat;
  readonly organizationId: string;
  /** The moment of the request; use cases never ask the clock. */
  readonly now: Date;
  readonly language: Language;
  /** From where it was asked for; none where the server itself acts, as in jobs. */
  readonly caller: Caller | undefined;
  readonly emitted: EmittedEvent[] = [];
  /** Jobs that it has started. */
  readonly begun: string[] = [];
  readonly lasting: ((use: UseCase) => Promise<void>)[] = [];
  /** Objects that a bulk act went through (`toEach`), and whether it was done to them. */
  readonly tried = new Map<string, boolean>();
  readonly conflicts = new Map<string, () => Refusal>();
  readonly #putOff = new PutOff<UseCase>();
  readonly #parts: UseCaseParts;
  readonly #transaction: Transaction;
  static {
    transactionOf = (use) => use.#transaction;
  }

  constructor(request: UseCaseRequest, transaction: Transaction, parts: UseCaseParts) {
    this.seat = request.seat;
    this.organizationId = request.seat.organizationId;
    this.now = request.now;
    this.language = request.language;
    this.caller = request.caller;
    this.#transaction = transaction;
    this.#parts = parts;
    Object.freeze(this); // who acts, and where, is not a module's to change
  }

  /** A new UUID, later than all before it. */
  newId(): string {
    return uuidv7();
  }
  /**
   * Statements on some tables, each a table or its entity: `use.on(Product).updateTable('plg_ordering.products')` is Kysely on this
   * transaction, `use.on(FormTask).change({ id }, …)` a write that nobody waits for. Row level security holds them in the organization.
   */
  on<const Given extends readonly TableGiven[]>(...tables: Given): Statements<Given> {
    return statementsOn(this.#transaction, tables);
  }
  /**
   * MikroORM's entity manager on this transaction: what of its entities is changed is written when the use case is done, and before each of
   * its questions. It takes the entities that a loaded module lists, and nothing that leads to a connection or to SQL of one's own.
   */
  get em(): UseEntities {
    return this.#transaction.entities(this.#parts.model);
  }
  /**
   * Runs `work` so that a failure undoes it alone and leaves the rest of the use case usable; entities that were found before it are to be
   * found again. @throws what `work` throws.
   */
  inSavepoint<T>(work: () => Promise<T>): Promise<T> {
    return inSavepoint(this.#transaction, work);
  }

  /**
   * Finds and locks the row of an object, and asks its rule.
   * @throws NotFound where the id is unknown, foreign or of something the seat cannot see; FORBIDDEN where it is seen but not the seat's to act on.
   * @param absentToo finds rows as well that are not present, such as deleted ones; what is not the seat's to act on is NotFound then too.
   * @param path of the input field that names the object, such as `['input', 'contactId']`: NotFound blames it.
   */
  authorize(type: string, id: string, rule: Rule, how: { absentToo?: boolean; path?: readonly string[] } = {}): Promise<void> {
    noteAsked(this);
    return this.#parts.authorizer.authorize(this.#asking, type, id, rule, { ...how, lock: true });
  }
  /**
   * The same for several objects by one question, which locks them in the order of their ids.
   * @param ids UUIDs. @returns why not, for those that the seat may not act on: NotFound or FORBIDDEN.
   */
  authorizeEach(type: string, ids: readonly string[], rule: Rule, how: { absentToo?: boolean } = {}): Promise<ReadonlyMap<string, Error>> {
    noteAsked(this);
    return this.#parts.authorizer.authorizeEach(this.#asking, type, ids, rule, { ...how, lock: true });
  }
  /** @throws NotFound, which blames `path`, unless the seat can come to the object. Locks nothing. */
  find(type: string, id: string, path?: readonly string[]): Promise<void> {
    return this.#parts.authorizer.authorize(this.#asking, type, id, undefined, { path });
  }
  /**
   * Finds several objects by one question.
   * @param ids UUIDs. @param placeOf where the id at a place of `ids` stands in the input.
   * @throws NotFound, which blames the place of the first that the seat cannot come to.
   */
  async findAll(type: string, ids: readonly string[], placeOf: (at: number) => readonly string[]): Promise<void> {
    const found = await this.#parts.authorizer.reachable(this.#asking, type, [...new Set(ids)]);
    const missing = ids.findIndex((id) => !found.has(id));
    if (missing >= 0) throw notFound({}, placeOf(missing));
  }
  /** Whether the seat's roles toward an object admit it. Locks nothing. */
  may(type: string, id: string, rule: Rule): Promise<boolean> {
    noteAsked(this);
    return this.#parts.authorizer.may(this.#asking, type, id, rule);
  }

  /** Which rows of a type some seats find in lists, by their ids: as everything that this use case has written makes it. */
  seenBy(type: string, seats: readonly Seat[]): Promise<Seen> {
    return this.#parts.authorizer.seenBy(this.#asking, type, seats);
  }

  /** Objects that the seat finds in a list of the schema now, behind `after`: UUIDs, the newest first. @throws what the list's field refuses */
  listed(list: Listed, page: { readonly first: number; readonly after?: string }): Promise<{ ids: readonly string[]; total: number }> {
    return this.#parts.listings.page(list, this.#asking, page);
  }

  get #asking(): { readonly seat: Seat; readonly now: Date; readonly transaction: Transaction } {
    return { seat: this.seat, now: this.now, transaction: this.#transaction };
  }

  /** Waits for every other use case of the organization that has taken or shares the turn of this name, and keeps it until the end. */
  takeTurn(name: string): Promise<void> {
    return takeTurn(this.#transaction, `${this.organizationId}:${name}`);
  }
  /** Waits for whoever has taken the turn of this name, and holds it together with all others who share it, until the end. */
  shareTurn(name: string): Promise<void> {
    return shareTurn(this.#transaction, `${this.organizationId}:${name}`);
  }
  /** Holds a plugin as it is, on and with its settings, until the end. @throws PluginDisabled where it is switched off. */
  async holdPlugin(module: string): Promise<void> {
    const held = shareTurn(this.#transaction, `${this.organizationId}:${turnOfPlugin(module)}`);
    const [, isOff] = await Promise.all([held, this.#parts.isOff(this.#transaction, module)]); // looked at behind the turn
    if (isOff) throw pluginOff({ plugin: module });
  }
  /** For who decides about a plugin: no act of it is under way. */
  changePlugin(module: string): Promise<void> {
    return this.takeTurn(turnOfPlugin(module));
  }

  /** Puts work on what all share off to the end, where it is done once for all its parts (`shared`). */
  last<Part>(work: SharedWork<Part>, part: Part): void {
    this.#putOff.add(work, part);
  }
  /** The parts of such work that have been put off. */
  putOff<Part>(work: SharedWork<Part>): readonly Part[] {
    return this.#putOff.of(work);
  }
  /** What waits for the end of the use case, to be forgotten with the work that it belongs to (`keepOnly`). */
  waiting(): Waiting {
    return { emitted: this.emitted.length, putOff: this.#putOff.count };
  }
  /** Forgets what has been put off and told since it waited. */
  keepOnly({ emitted, putOff }: Waiting): void {
    this.emitted.length = emitted;
    this.#putOff.cut(putOff);
  }

  /** Tells the modules that listen, in this transaction and one after the other. */
  async announce({ name, payload }: Announced): Promise<void> {
    for (const listener of this.#parts.listeners) if (listener.to === name) await listener.handle(this, payload);
  }
  /**
   * Work that stands where this use case is refused: a count of refusals, a record of who tried. It runs in a transaction of its own, once
   * the refused one is rolled back and before the answer is given; what it throws is the answer instead. Without a refusal it is not run.
   */
  ifRefused(work: (use: UseCase) => Promise<void>): void {
    this.lasting.push(work);
  }
  /** What is refused where a unique index or an exclusion of this name is violated: by a row that was there, or is written at the same time. */
  refuseTaken(index: string, refusal: () => Refusal): void {
    this.conflicts.set(index, refusal);
  }
  /** Records an event in this transaction. @throws Error past 10,000. */
  emit(event: EmittedEvent): void {
    if (this.emitted.length === MOST_EVENTS) throw new ConstantError(`A use case emits at most ${MOST_EVENTS} events.`);
    this.emitted.push(event);
  }
  /**
   * Starts long work that goes on when this use case is committed, on whichever server, with the rights that the seat has then. Where the use
   * case is not committed, nothing of it was there.
   * @returns the job's UUID, which `t.loaded` reads
   */
  startJob<Input>(kind: StartableJob<Input>, input: Input): string {
    const id = this.#parts.startJob(this, kind, input);
    this.begun.push(id);
    return id;
  }
  /** Does what was put off. */
  finish(): Promise<void> {
    return this.#putOff.run(this);
  }
  /** @throws Error where no loaded module provides it, or the plugin that asks does not name the one that does in `needs`. */
  service<Contract>(token: Service<Contract>): Contract {
    return this.#parts.switchboard.service(token);
  }
  /** What modules have added to a list. */
  registered<Entry>(point: RegistrationPoint<Entry>): readonly Entry[] {
    return this.#parts.switchboard.registered(point);
  }
  /** Settings of a plugin in the organization, defaults filled in. */
  settings(module: string): Promise<unknown> {
    return this.#parts.settings(this.#transaction, module);
  }
}
