import { defineModule, departmentUses, provide, readMigrations, register, timelineService } from '../../sdk/index.ts';
import { Interaction } from './interaction.entity.ts';
import { interactionTypes } from './interaction.graphql.ts';
import { interactionListeners } from './interaction.listeners.ts';
import { forgetDepartment, timeline } from './interaction.service.ts';
import { timelineSubscription } from './interaction-live.graphql.ts';

export const interactionsModule = defineModule({
  name: 'interactions',
  version: '0.1.0',
  description: 'Timelines of contacts.',
  needs: ['contacts'],
  entities: [Interaction],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  types: (builder) => {
    interactionTypes(builder);
    timelineSubscription(builder);
  },
  listeners: interactionListeners,
  services: [provide(timelineService, timeline)],
  registrations: [register(departmentUses, { letGo: forgetDepartment })],
});
