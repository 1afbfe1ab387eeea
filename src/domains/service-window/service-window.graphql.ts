import {
  COLLEAGUE,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  sql,
  valueFrom,
  WINDOW_MEMBER,
  WINDOW_SUSPENDED,
  words,
} from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindow } from './permissions.ts';
import { ServiceWindow } from './service-window.refs.ts';

const rule = serviceWindow.read;
const ServiceWindowState = words('ServiceWindowState', 'Whether the window serves.', {
  OPEN: 'It serves.',
  SUSPENDED: 'The organization has lost its certification: contacts see a notice and nothing can be submitted.',
});

export function serviceWindowTypes(builder: GuichetBuilder): void {
  builder.words(ServiceWindowState);
  builder.entity(ServiceWindow, {
    description: 'The organization’s counter, seen only by the contacts that it has let in.',
    key: 'organization_id',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER) || traits.has(WINDOW_SUSPENDED)),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      openedAt: t.column('opened_at', { description: 'When it was opened.', rule }),
      state: t.expression(
        ServiceWindowState,
        (row) =>
          valueFrom(row, { tenant: organizations }, ({ tenant }) => ({
            value: sql`case when ${tenant.certification} = 'ADVANCED' then 'OPEN' else 'SUSPENDED' end`,
            where: sql`true`,
          })),
        { description: 'Whether it serves.', rule, nullable: false },
      ),
    }),
  });
  builder.queryField('serviceWindow', (t) =>
    t.entity(ServiceWindow, {
      description: 'The organization’s service window; null where it has none, or you are not let in.',
      rule,
      where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
    }),
  );
}
