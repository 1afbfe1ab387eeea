import { entityRef } from '../../sdk/index.ts';
import { serviceWindows } from './service-window.entity.ts';

export const ServiceWindow = entityRef('ServiceWindow', serviceWindows);
