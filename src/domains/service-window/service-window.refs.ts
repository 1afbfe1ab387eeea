import { entityRef, words } from '../../sdk/index.ts';
import { serviceWindows } from './service-window.entity.ts';

export const ServiceWindow = entityRef('ServiceWindow', serviceWindows);
export const ServiceWindowState = words('ServiceWindowState', 'Whether the window serves.', {
  OPEN: 'It serves.',
  SUSPENDED: 'The organization has lost its certification: contacts see a notice and nothing can be submitted.',
});
