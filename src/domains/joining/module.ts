import { defineModule, departmentUses, readMigrations, register } from '../../sdk/index.ts';
import { applicationTypes } from './application.graphql.ts';
import { applicationNotifications, applicationsOfNotifications } from './application.notifications.ts';
import { applyingTypes } from './applying.graphql.ts';
import { decidingMutations } from './deciding.graphql.ts';
import { forgetting } from './forgetting.clock.ts';
import { ApplicationAnswer, JoinApplication } from './join-application.entity.ts';
import { linkTypes } from './link.graphql.ts';
import { linksInTurn } from './links-in-turn.service.ts';
import { joining } from './permissions.ts';
import { telling } from './telling.job.ts';
import { LinkTurn, WindowLink, WindowLinkTag } from './window-link.entity.ts';

export const joiningModule = defineModule({
  name: 'joining',
  version: '0.1.0',
  description: 'Links to the service window, and who applies by them.',
  needs: ['organization', 'accounts', 'directory', 'contacts', 'service-window', 'notifications'],
  entities: [WindowLink, WindowLinkTag, LinkTurn, JoinApplication, ApplicationAnswer],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(joining),
  types: (builder) => {
    linkTypes(builder);
    applyingTypes(builder);
    applicationTypes(builder);
    decidingMutations(builder);
    applicationsOfNotifications(builder);
  },
  jobs: [telling],
  clocks: [forgetting],
  registrations: [...applicationNotifications, register(departmentUses, linksInTurn)],
});
