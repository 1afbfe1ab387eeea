import { ADMIN, encodeGlobalId, type GuichetBuilder, liveCursor, sql, types, words } from '../../sdk/index.ts';
import { applicationTopic } from './applying.service.ts';
import { JoinApplication, WindowLink } from './joining.refs.ts';
import { applicationRoles, isWindowAdmin, refuseOthers } from './link.roles.ts';
import { joining } from './permissions.ts';

const rule = joining.read;
const JoinApplicationState = words('JoinApplicationState', 'Where an application to be let in stands.', {
  PENDING: 'It waits for an admin.',
  ACCEPTED: 'Whoever applied is a contact, and is let in.',
  REFUSED: 'It was refused.',
});

/** Who asks to be let in, for admins, and live (spec 5.6). */
export function applicationTypes(builder: GuichetBuilder): void {
  builder.words(JoinApplicationState);
  builder.entity(JoinApplication, {
    description: 'That somebody with a link asks to be let in at the window (spec 5.6).',
    roles: applicationRoles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'The name that was given.', rule }),
      phone: t.column('phone', { type: 'PhoneNumber', description: 'The mobile number that was given, E.164.', rule }),
      phoneProven: t.column('phone_proven', { description: 'Whether whoever applied has shown that the phone is theirs.', rule }),
      message: t.column('message', { description: 'What they said.', rule }),
      link: t.relation(WindowLink, 'link_id', { description: 'The link by which they came, with who shared it.', rule }),
      appliedAt: t.column('applied_at', { description: 'When; the last time, where it was sent again.', rule }),
      state: t.column('state', { type: JoinApplicationState, description: 'Where it stands.', rule }),
      decidedAt: t.column('decided_at', { description: 'When it was decided.', rule }),
      decidedBy: t.relation(types.Employee, 'decided_by', { description: 'Who decided.', rule }),
      reason: t.column('reason', { description: 'What was said to a refusal.', rule }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The contact that came of it, or was known.', rule }),
    }),
  });
  builder.connectionFields(JoinApplication, (t) => ({ liveCursor: liveCursor(t, { staff: rule }) }));
  builder.queryField('joinApplications', (t) =>
    t.entityPages(JoinApplication, {
      description: 'Who has applied to be let in, newest first.',
      rule,
      args: {
        state: t.arg.choice(JoinApplicationState, { description: 'Which ones; those that wait by default.', defaultValue: 'PENDING' }),
      },
      listedBy: () => [ADMIN],
      check: (seat) => refuseOthers(seat),
      where: (row, { argument }) => sql`${row.state} = ${argument('state', 'text')}`,
    }),
  );
  builder.live('joinApplications', {
    description: 'Who applies to be let in, live: an application came, changed or was decided.',
    rule,
    topic: applicationTopic,
    event: 'JoinApplicationsEvent',
    eventDescription: 'Something happened to an application.',
    allows: isWindowAdmin,
    stream: ({ organizationId }) => ({
      stream: organizationId,
      payload: ({ subjectId }) => ({ applicationId: subjectId }),
    }),
    fields: (t) => ({
      applicationId: t.id({
        description: 'Id of the application, also where you can no longer read it.',
        rule,
        resolve: ({ applicationId }) => encodeGlobalId('JoinApplication', applicationId),
      }),
      application: t.loaded(JoinApplication, 'applicationId', {
        description: 'The application as it is now; null where you can no longer read it.',
        rule,
      }),
    }),
  });
}
