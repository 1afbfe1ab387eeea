import { placeTag } from '../../../src/platform/sql/cursors.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import type { Random } from '../random.ts';
import { valuePlace } from './contact-list.ts';
import { ENTITIES } from './entities.ts';
import { encodeCursor, momentInJson, type SortValue } from './page.ts';
import type { Rows } from './rows.ts';

const SEARCHES = ['wang', 'lei', '王', 'zeng', 'zxm', '+86 136', '1360000', 'o’neill', '🦊', '%', '', 'person 1'];
const NO_ID = 'AAAAAAAAAAAAAAAAAAAAAAAA';

export interface ListOrder {
  readonly field: string;
  readonly direction: string;
  readonly value?: string;
}

/** Values that arguments can have so that something comes of them: ids, cursors and the like of rows that are there. */
export class KnownValues {
  readonly #random: Random;
  readonly #organizations: readonly Rows[];
  /** @param organizations the first is where most values are from. */
  constructor(random: Random, organizations: readonly Rows[]) {
    this.#random = random;
    this.#organizations = organizations;
  }

  #rows(type: string): readonly object[] {
    const [own, ...others] = this.#organizations;
    const from = others.length && this.#random.chance(0.1) ? this.#random.pick(others) : own!;
    return from[ENTITIES[type]!.table];
  }
  /** Mostly of the type; sometimes of another one, another organization, or of nothing. */
  id(type: string): string {
    const of = this.#random.chance(0.9) ? type : this.#random.pick(Object.keys(ENTITIES));
    const rows = this.#rows(of);
    return rows.length && this.#random.chance(0.95) ? encodeGlobalId(of, ENTITIES[of]!.id(this.#random.pick(rows) as never)) : NO_ID;
  }
  anyId(): string {
    return this.id(this.#random.pick(Object.keys(ENTITIES)));
  }
  /** @param list the field that pages, such as `Query.contacts`. */
  cursor(list: string, type: string, order: ListOrder): string {
    const { field: by, direction, value } = order;
    const field = value === undefined ? {} : { field: value };
    const rows = this.#rows(type) as readonly Readonly<Record<string, SortValue>>[];
    const row = rows.length
      ? this.#random.pick(rows)
      : { id: '00000000-0000-7000-8000-000000000000', name: 'm', position: 1, submitted_at: 0 };
    const values: Readonly<Record<string, SortValue | undefined>> = {
      CREATED_AT: row.id,
      NAME: row.sort_name ?? row.name,
      FOLLOW_UP: row.follow_up_order,
      POSITION: row.position,
      VALUE: value && valuePlace(this.#organizations[0]!, String(row.id), value, direction),
      SUBMITTED_AT: row.submitted_at && momentInJson(new Date(row.submitted_at)),
    };
    const isHidden = by === 'POSITION' && type.startsWith('Article');
    return encodeCursor(
      placeTag({ list, order: { by, direction: direction as 'ASC' | 'DESC' }, ...field }),
      isHidden ? null : values[by]!,
      String(row.id),
    );
  }
  /** Name of a field of contacts; sometimes of none. */
  contactField(): string {
    const own = this.#organizations[0]!.contactFields.filter((field) => !field.is_built_in);
    return own.length && this.#random.chance(0.95) ? this.#random.pick(own).name : 'nothing';
  }
  name(): string {
    const row = this.#random.pick(this.#rows(this.#random.pick(['Employee', 'Product']))) as { readonly name: string } | undefined;
    return row?.name ?? 'nobody';
  }
  formNumber(): string {
    return (this.#random.pick(this.#rows('BusinessForm')) as { readonly number: string } | undefined)?.number ?? 'none';
  }
  moment(): string {
    const { created_at: of } = this.#random.pick(this.#rows('Contact')) as { readonly created_at: Date };
    return of.toISOString();
  }
  search(): string {
    return this.#random.pick(SEARCHES);
  }
}
