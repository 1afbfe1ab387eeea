import type { Clock } from '../../sdk/index.ts';
import { confirmThemselves } from './self-confirming.service.ts';
import { soundAlarms } from './turn-alarm.service.ts';

/** What happens to forms by itself as time passes (spec 6.11). One clock for all of it: each strike is a job of the organization. */
export const timeOfForms: Clock = {
  name: 'forms.keepTime',
  description: 'Reminds of turns that fall due, brings those that are overdue before supervisors, confirms what customers have left open.',
  cron: '*/15 * * * *',
  run: async (work) => {
    await confirmThemselves(work);
    await soundAlarms(work);
    return undefined;
  },
};
