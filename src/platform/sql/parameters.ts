import type { Inputs } from '../read/interview.ts';
import { type SeatSql, Sql } from './sql.ts';

export type Bind = (inputs: Inputs) => unknown;

/** The values of a statement: its text depends on the plan alone, each `$n` remembers how to find its value in a request. */
export class Parameters {
  readonly binds: Bind[] = [];
  readonly #known = new Map<string, Sql>();
  readonly seat: SeatSql;
  /** @param me where the seat's id stands, in statements that are about several seats; by default it is a parameter. */
  constructor(me?: Sql) {
    this.seat = this.#seat(me);
  }

  /** Equal keys give the same `$n`. */
  use(key: string, sqlType: string, bind: Bind): Sql {
    const known = this.#known.get(key);
    if (known) return known;
    const parameter = new Sql(`$${this.binds.push(bind)}::${sqlType}`);
    this.#known.set(key, parameter);
    return parameter;
  }

  #seat(me: Sql | undefined): SeatSql {
    const use = this.use.bind(this);
    return {
      get me() {
        return me ?? use('seat.me', 'uuid', ({ seat }) => seat.id);
      },
      get organization() {
        return use('seat.organization', 'uuid', ({ seat }) => seat.organizationId);
      },
      get now() {
        return use('now', 'timestamptz', ({ now }) => now);
      },
      scope: (right) =>
        use(`scope.${right}`, 'uuid[]', ({ seat }) => {
          const scope = seat.rights.get(right);
          return scope === undefined || scope === 'ALL' ? [] : scope;
        }),
      get wholeRights() {
        return use('seat.wholeRights', 'text[]', ({ seat }) =>
          [...seat.rights].flatMap(([right, scope]) => (scope === 'ALL' ? [right] : [])),
        );
      },
      get limitedRights() {
        return use('seat.limitedRights', 'jsonb', ({ seat }) =>
          Object.fromEntries([...seat.rights].filter(([, scope]) => scope !== 'ALL')),
        );
      },
    };
  }
}
