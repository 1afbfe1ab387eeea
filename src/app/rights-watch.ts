import type pg from 'pg';
import { type IdentityDoor, sessionsEndedSince } from '../domains/accounts/index.ts';

/** A look is begun at most this often … */
const EVERY_MILLISECONDS = 250;
/**
 * … and nothing is believed that was last looked at longer ago. Open sockets and subscriptions ask twice a second, so that for them too a
 * right that is lost is lost within a second (promise 2).
 */
const BELIEVED_MILLISECONDS = 300;
/** Ends of sessions are asked for so far back, since they are dated by the request that ended them and seen when it commits. */
const LOOKED_BACK_MILLISECONDS = 60_000;

interface WatchOptions {
  readonly door: IdentityDoor;
  /** Reads the versions of all organizations. */
  readonly worker: pg.Pool;
  now(): Date;
  /** Milliseconds that only grow; the process's by default. */
  elapsed?(): number;
  /** Those of which something is remembered. */
  organizations(): ReadonlySet<string>;
  /** Called after each look with a test for what is not to be believed any more. */
  changed(
    isStale: (of: { readonly sessionId: string; readonly organizationId: string | undefined; readonly version: number }) => boolean,
  ): void;
}

/** Looks for ended sessions and changed rights: two small statements for everybody who asks, however many requests there are. */
export class RightsWatch {
  readonly #options: WatchOptions;
  readonly #elapsed: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  constructor(options: WatchOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  /** Resolves when what is remembered may be believed. @throws where the database cannot be asked. */
  async look(): Promise<void> {
    const age = this.#elapsed() - this.#lookedAt;
    if (age < EVERY_MILLISECONDS) return;
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = undefined;
    });
    if (age < BELIEVED_MILLISECONDS)
      this.#looking.catch(() => {}); // whoever comes when it is too late hears of it
    else await this.#looking;
  }

  /** The number that an organization's rights have now. */
  async versionOf(organizationId: string): Promise<number> {
    return (await this.#versions([organizationId])).get(organizationId) ?? 0;
  }

  async #ask(): Promise<void> {
    const { door, now, organizations, changed } = this.#options;
    const begun = this.#elapsed();
    const since = new Date(now().getTime() - LOOKED_BACK_MILLISECONDS);
    const asked = new Set(organizations());
    const [ended, versions] = await Promise.all([sessionsEndedSince(door, since), this.#versions([...asked])]);
    // Of an organization that came to be remembered meanwhile nothing was asked: the next look judges it.
    const hasChanged = (id: string, version: number): boolean => asked.has(id) && version !== (versions.get(id) ?? 0);
    changed(
      ({ sessionId, organizationId, version }) =>
        ended.has(sessionId) || (organizationId !== undefined && hasChanged(organizationId, version)),
    );
    this.#lookedAt = begun;
  }

  async #versions(organizations: readonly string[]): Promise<Map<string, number>> {
    if (organizations.length === 0) return new Map();
    const { rows } = await this.#options.worker.query<{ organization_id: string; version: number }>({
      name: 'rights_versions',
      text: 'select organization_id, version from rights_versions where organization_id = any($1::uuid[])',
      values: [organizations],
    });
    return new Map(rows.map(({ organization_id, version }) => [organization_id, version]));
  }
}
