import { defineModule, inboxGuards, provide, readMigrations, register, windowTime } from '../../sdk/index.ts';
import { bulkActs } from '../contacts/index.ts';
import { serviceWindow } from './permissions.ts';
import { ServiceWindow, WindowLeaving, WindowMember } from './service-window.entity.ts';
import { serviceWindowTypes } from './service-window.graphql.ts';
import { invites, windowMutations } from './window.mutations.ts';
import { windowNotifications } from './window.notifications.ts';
import { memberFacts, restWhileSuspended } from './window-access.ts';
import { timeOfWindow } from './window-time.service.ts';

export const serviceWindowModule = defineModule({
  name: 'service-window',
  version: '0.1.0',
  description: 'The counter at which invited contacts are served.',
  needs: ['organization', 'directory', 'contacts'],
  entities: [ServiceWindow, WindowMember, WindowLeaving],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(serviceWindow),
  types: (builder) => {
    serviceWindowTypes(builder);
    windowMutations(builder);
  },
  services: [provide(windowTime, timeOfWindow)],
  registrations: [...windowNotifications, register(bulkActs, invites), register(inboxGuards, { guard: restWhileSuspended })],
  seatFacts: memberFacts,
});
