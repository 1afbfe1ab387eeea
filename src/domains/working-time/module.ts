import { defineModule, provide, readMigrations, workingDates, workingHours } from '../../sdk/index.ts';
import { workingTime } from './permissions.ts';
import { WorkingCalendar } from './working-calendar.entity.ts';
import { workingTimeTypes } from './working-calendar.graphql.ts';
import { theWorkingDates, workingTimeOfOrganization } from './working-calendar.service.ts';

export const workingTimeModule = defineModule({
  name: 'working-time',
  version: '0.1.0',
  description: 'When people of an organization work.',
  needs: ['organization'],
  entities: [WorkingCalendar],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(workingTime),
  services: [provide(workingHours, workingTimeOfOrganization), provide(workingDates, theWorkingDates)],
  types: workingTimeTypes,
});
