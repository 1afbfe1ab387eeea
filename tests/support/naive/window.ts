import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { few } from './page.ts';
import { entity, idOf as id, type NaiveEntity, type NaiveField } from './world.ts';

const shown = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['COLLEAGUE', 'EXTERNAL'], get });
const managed = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: ['ADMIN'], get });
const TILES: Readonly<Record<string, { readonly name: string; readonly icon: string; readonly opens: string }>> = {
  ORDERING_CATALOGUE: { name: 'Order', icon: 'cart', opens: 'ordering.catalogue' },
  CONTRACT_MINE: { name: 'Contracts', icon: 'file-text', opens: 'contract.mine' },
  FRANCHISE_APPLY: { name: 'Franchise', icon: 'store', opens: 'franchise.apply' },
  REPAIR_REQUEST: { name: 'Repair', icon: 'wrench', opens: 'repair.request' },
};
const tileOf = ({ tile }: { readonly tile: string | null }) => TILES[tile ?? ''];

/** What stands in the window. */
export const windowTypes: Readonly<Record<string, NaiveEntity>> = {
  WindowApp: entity<'windowApps'>({
    table: 'windowApps',
    reachableFor: ['COLLEAGUE', 'EXTERNAL'],
    id,
    roles: (toward, row) => toward.windowApp(row),
    fields: {
      id: shown((row) => encodeGlobalId('WindowApp', row.id)),
      version: managed(({ version }) => version),
      kind: shown(({ kind }) => kind),
      name: shown((row) => row.name ?? tileOf(row)?.name ?? row.tile),
      icon: shown((row) => row.icon ?? tileOf(row)?.icon ?? null),
      opens: shown((row) => tileOf(row)?.opens ?? null),
      url: managed(({ url }) => url),
      isForAll: managed((row) => row.is_for_all),
      tags: managed((row, { world }) => {
        const of = world.rows.windowAppTags.filter((one) => one.app_id === row.id).map((one) => one.tag_id);
        return few(world, { type: 'Tag', rows: world.rows.tags.filter((one) => of.includes(one.id)), key: id }, 100);
      }),
      contacts: managed((row, { world }) => {
        const of = world.rows.windowAppContacts.filter((one) => one.app_id === row.id).map((one) => one.contact_id);
        return few(world, { type: 'Contact', rows: world.rows.contacts.filter((one) => of.includes(one.id)), key: id }, 100);
      }),
    },
  }),
};
