import { defineModule, register, type StaffDelivery, type StaffSource, staffSources } from '@guichet/sdk';
import { z } from 'zod';

/** What the other side says, for each key that an organization has set. */
export const elsewhere = new Map<string, () => Promise<StaffDelivery> | StaffDelivery>();

const settings = z.strictObject({ key: z.string().default(''), letGo: z.boolean().default(false) });

const source: StaffSource<{ key: string }> = {
  name: 'hr',
  prepare: async (use) => {
    const { key, letGo } = (await use.settings('hr')) as z.infer<typeof settings>;
    return key ? { asked: { key }, whoHasGone: letGo ? 'LET_GO' : 'REPORT' } : undefined;
  },
  read: async ({ key }) => elsewhere.get(key)!(),
};

/** A plugin that brings the staff from a system of human resources. */
export const hrPlugin = defineModule({
  name: 'hr',
  version: '1.0.0',
  description: 'Brings the staff from elsewhere.',
  guichet: '^0.1.0',
  needs: ['directory', 'staff-sync'],
  settings,
  registrations: [register(staffSources, source as StaffSource)],
});
