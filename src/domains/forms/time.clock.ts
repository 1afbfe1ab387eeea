import type { Clock } from '../../sdk/index.ts';
import { confirmThemselves } from './self-confirming.service.ts';
import { beginStandIns } from './stand-ins/stand-in.beginning.ts';
import { soundAlarms } from './turn-alarm.service.ts';

/** What happens to forms by itself as time passes (spec 6.11). One clock for all of it: each strike is a job of the organization. */
export const timeOfForms: Clock = {
  name: 'forms.keepTime',
  description:
    'Gives turns to stand-ins whose period begins, reminds of those that fall due, brings those that are overdue before supervisors, confirms what customers have left open.',
  cron: '*/15 * * * *',
  run: async (work) => {
    await beginStandIns(work);
    await confirmThemselves(work);
    await soundAlarms(work);
    return undefined;
  },
};
