import { RightsVersion } from '../../sdk/core.ts';
import type { NotifiedSeat, Seat, UseCase } from '../../sdk/index.ts';

type FindSeat = (organizationId: string, seat: NotifiedSeat) => Promise<Seat | undefined>;
type Seats = Map<string, Seat | undefined>;
const MOST_ORGANIZATIONS = 100;
const MOST_SEATS = 5_000;

/** Seats have to be found first, and that is done while no connection is held. */
export class SeatsUnknown extends Error {
  override readonly name = 'SeatsUnknown';
  readonly seats: readonly NotifiedSeat[];
  constructor(seats: readonly NotifiedSeat[]) {
    super('Seats are to be found before they are told.');
    this.seats = seats;
  }
}

/** Seats with their rights, found once for as long as the organization's rights do not change. */
export class KnownSeats {
  readonly #find: FindSeat;
  readonly #known = new Map<string, { readonly version: number; readonly seats: Seats }>();
  constructor(find: FindSeat) {
    this.#find = find;
  }

  /** Their seats by their ids, as the rights of this moment have them; those that have ended are not there. @throws SeatsUnknown */
  async of(use: UseCase, asked: readonly NotifiedSeat[]): Promise<ReadonlyMap<string, Seat>> {
    const row = await use.on(RightsVersion).selectFrom('rights_versions').select('version').executeTakeFirst();
    const seats = this.#seatsOf(use.organizationId, Number(row?.version ?? 0));
    const missing = new Map(asked.filter(({ id }) => !seats.has(id)).map((seat) => [seat.id, seat]));
    if (missing.size) {
      if (seats.size >= MOST_SEATS) forgetBut(seats, asked);
      throw new SeatsUnknown([...missing.values()]);
    }
    return new Map(asked.flatMap(({ id }) => (seats.get(id) ? [[id, seats.get(id)!] as const] : [])));
  }
  /** What is found is kept under the version that was read before it: a change in between is noticed by the next question. */
  async learn(organizationId: string, seats: readonly NotifiedSeat[]): Promise<void> {
    const known = this.#known.get(organizationId)?.seats;
    for (const seat of seats) known?.set(seat.id, await this.#find(organizationId, seat));
  }

  #seatsOf(organizationId: string, version: number): Seats {
    const known = this.#known.get(organizationId);
    if (known?.version === version) return known.seats;
    if (!known && this.#known.size >= MOST_ORGANIZATIONS) this.#known.clear();
    const seats: Seats = new Map();
    this.#known.set(organizationId, { version, seats });
    return seats;
  }
}

/** Room for others; what is asked for now stays, however many they are, or they would be looked for again and again. */
function forgetBut(seats: Seats, asked: readonly NotifiedSeat[]): void {
  const wanted = new Set(asked.map(({ id }) => id));
  for (const id of seats.keys()) if (!wanted.has(id)) seats.delete(id);
}
