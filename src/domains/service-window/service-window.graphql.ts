import { COLLEAGUE, EXTERNAL, heldByAll, type SchemaDoor, sql, WINDOW_MEMBER, WINDOW_SUSPENDED } from '../../sdk/index.ts';
import { serviceWindow } from './permissions.ts';
import { serviceWindows } from './service-window.entity.ts';

export function serviceWindowSchema(door: SchemaDoor): void {
  door.enum('ServiceWindowState', 'Whether the window serves.', {
    OPEN: 'It serves.',
    SUSPENDED: 'The organization has lost its certification: contacts see a notice and nothing can be submitted.',
  });
  door.entity('ServiceWindow', {
    table: serviceWindows,
    description: 'The organization’s counter, seen only by the contacts that it has let in.',
    key: 'organization_id',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER) || traits.has(WINDOW_SUSPENDED)),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: serviceWindow.read }),
      openedAt: t.column('opened_at', { description: 'When it was opened.', rule: serviceWindow.read }),
      state: t.expression(
        'ServiceWindowState',
        (row) =>
          sql`(select case certification when 'ADVANCED' then 'OPEN' else 'SUSPENDED' end from organizations tenant where tenant.organization_id = ${row.organization_id})`,
        { description: 'Whether it serves.', rule: serviceWindow.read, nullable: false },
      ),
    }),
  });
  door.query((t) => ({
    serviceWindow: t.one('ServiceWindow', serviceWindows, {
      description: 'The organization’s service window; null where it has none, or you are not let in.',
      rule: serviceWindow.read,
      where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
    }),
  }));
}
