import {
  COLLEAGUE,
  EXTERNAL,
  type GuichetBuilder,
  heldByAll,
  type RowHandle,
  type Sql,
  sql,
  valueFrom,
  WINDOW_MEMBER,
  WINDOW_SUSPENDED,
} from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { serviceWindow, WINDOW_GUEST } from './permissions.ts';
import type { serviceWindows } from './service-window.entity.ts';
import { ServiceWindow, ServiceWindowState } from './service-window.refs.ts';

const rule = serviceWindow.read;
const NOTICE = {
  en: 'This window is suspended for now. What you have sent is kept and waits; you will be served again when the window is open.',
  'zh-CN': '服务窗已暂停服务。您提交的内容均已保留，待恢复服务后继续处理。',
};
const stateOf = (row: RowHandle<typeof serviceWindows>): Sql =>
  valueFrom(row, { tenant: organizations }, ({ tenant }) => ({
    value: sql`case when ${tenant.certification} = 'ADVANCED' then 'OPEN' else 'SUSPENDED' end`,
    where: sql`true`,
  }));

export function serviceWindowTypes(builder: GuichetBuilder): void {
  builder.words(ServiceWindowState);
  builder.entity(ServiceWindow, {
    description: 'The organization’s counter, seen only by the contacts that it has let in.',
    key: 'organization_id',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER) || traits.has(WINDOW_SUSPENDED)),
      heldByAll(WINDOW_GUEST, ({ traits }) => traits.has(WINDOW_MEMBER)),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'For `updateServiceWindow`.', rule: serviceWindow.staff }),
      openedAt: t.column('opened_at', { description: 'When it was opened.', rule: serviceWindow.inside }),
      welcome: t.column('welcome', { description: 'What contacts are greeted with.', rule: serviceWindow.inside }),
      state: t.expression(ServiceWindowState, stateOf, { description: 'Whether it serves.', rule, nullable: false }),
      notice: t.string({
        nullable: true,
        description: 'What contacts are told while it is suspended, in the language of the request; null while it serves.',
        rule,
        also: { state: stateOf },
        resolve: ({ state }, _, { language }) => (state === 'SUSPENDED' ? NOTICE[language] : null),
      }),
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
