import {
  COLLEAGUE,
  defineModule,
  encodeGlobalId,
  formsService,
  organizationData,
  provide,
  rule,
  service,
  type UseCase,
} from '@guichet/sdk';
import { z } from 'zod';
import { identityDoor } from '../../src/domains/accounts/index.ts';
import { serverSecret } from '../../src/platform/write/server-secret.ts';

const act = rule('reaching.act', { roles: [COLLEAGUE], description: 'Every employee.' });
const own = { rule: act, description: 'What a test wants to see.' };
const shelf = service<{ books(): string }>('shelf.books');
const ownDoor = service<{ open(): string }>('reaching.door');

/** A plugin that the other may or may not name in its needs. */
export const shelfPlugin = defineModule({
  name: 'shelf',
  version: '1.0.0',
  description: 'Has books.',
  guichet: '^0.1.0',
  settings: z.object({ shelves: z.number().default(2) }),
  services: [provide(shelf, { books: () => 'books' })],
});

type Forged = Parameters<UseCase['service']>[0];
/** What it reaches for. Each says `got` with what it should not have, or throws. */
const WAYS: Record<string, (use: UseCase) => unknown> = {
  own: (use) => use.service(ownDoor).open(),
  needed: (use) => typeof use.service(formsService).enterWindow,
  everybody: (use) => typeof use.service(organizationData).read,
  neighbour: (use) => use.service(shelf).books(),
  settingsOfNeighbour: (use) => use.settings('shelf'),
  identityByName: (use) => use.service({ name: 'accounts.identity' } as Forged),
  seatsByName: (use) => use.service({ name: 'accounts.seats' } as Forged),
  formsByName: (use) => use.service({ name: formsService.name } as Forged),
  identityByToken: (use) => use.service(identityDoor),
  secretByToken: (use) => use.service(serverSecret),
  right: (use) => (use.seat.rights as Map<string, 'ALL'>).set('CONTACTS', 'ALL'),
  rightOfMaps: (use) => Map.prototype.set.call(use.seat.rights, 'CONTACTS', 'ALL'),
  trait: (use) => (use.seat.traits as Set<string>).add('supervisor'),
  traitOfSets: (use) => Set.prototype.add.call(use.seat.traits, 'supervisor'),
  pluginsOff: (use) => (use.seat.pluginsOff as Set<string>).clear(),
  otherSeat: (use) => Object.assign(use, { seat: { ...use.seat, id: 'somebody' } }),
  otherId: (use) => Object.assign(use.seat, { id: 'somebody' }),
  otherOrganization: (use) => Object.assign(use, { organizationId: 'another' }),
  otherTransaction: (use) => Object.assign((use as unknown as { transaction: object }).transaction, { client: {} }),
  otherService: (use) => Object.assign(use.service(formsService), { enterWindow: async () => {} }),
  otherData: (use) => Object.assign(use.service(organizationData), { read: async () => 'mine' }),
  otherToken: () => Object.assign(formsService, { name: 'accounts.identity' }),
  settingsOfItself: (use) => use.settings('reaching'),
};
export const REACHED = ['own', 'needed', 'everybody', 'settingsOfItself'];
export const OUT_OF_REACH = Object.keys(WAYS).filter((way) => !REACHED.includes(way));

export const reachingPlugin = (needs: readonly string[]) =>
  defineModule({
    name: 'reaching',
    version: '1.0.0',
    description: 'Reaches for what is not its own.',
    guichet: '^0.1.0',
    needs,
    rules: [act],
    settings: z.object({ arms: z.number().default(2) }),
    services: [provide(ownDoor, { open: () => 'open' })],
    types: (builder) =>
      builder.useCase('reachFor', {
        ...own,
        input: (t) => ({ what: t.text({ description: 'What it reaches for.' }) }),
        run: async (use: UseCase, { what }: { readonly what: string }) => {
          await WAYS[what]!(use);
          return { got: encodeGlobalId('Thing', use.seat.id) };
        },
        success: (t) => ({ got: t.exposeString('got', { ...own, nullable: true }) }),
      }),
  });
