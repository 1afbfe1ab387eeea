import { entityRef } from '../../sdk/index.ts';
import { joinApplications } from './join-application.entity.ts';
import { windowLinks } from './window-link.entity.ts';

export const WindowLink = entityRef('WindowLink', windowLinks);
export const JoinApplication = entityRef('JoinApplication', joinApplications);
