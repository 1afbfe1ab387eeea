import { tenantEntity } from '../../sdk/index.ts';
import type { WorkingCalendar as Calendar } from './working-hours.rules.ts';

/** When people work, of an organization that has ever said so. */
export const WorkingCalendar = tenantEntity('working_calendars', (t) => ({
  organizationId: t.organization(),
  version: t.version(),
  week: t.json<Calendar['week']>(),
  days: t.json<Calendar['days']>(),
}));

export const workingCalendars = WorkingCalendar.table;
