import { encodeGlobalId, type GuichetBuilder, sql, types } from '@guichet/sdk';
import { franchise } from './permissions.ts';
import { FranchiseApplication } from './refs.ts';
import { stageTopic } from './telling.ts';

const { read } = franchise;

/** Where applications stand, live, and what notifications of them lead to. */
export function liveTypes(builder: GuichetBuilder): void {
  builder.live('stageChanged', {
    description: 'Applications, live: one stands elsewhere now. The applicant is told where, and never why or by whom.',
    rule: read,
    topic: stageTopic,
    event: 'StageChangedEvent',
    eventDescription: 'An application stands elsewhere: `MOVED`.',
    stream: ({ id, kind, organizationId }) => ({
      stream: kind === 'CONTACT' ? id : organizationId,
      payload: ({ subjectId }) => ({ applicationId: subjectId }),
    }),
    fields: (t) => ({
      applicationId: t.id({
        description: 'Id of the application.',
        rule: read,
        resolve: ({ applicationId }) => encodeGlobalId('FranchiseApplication', applicationId),
      }),
      application: t.loaded(FranchiseApplication, 'applicationId', { description: 'The application as it is now.', rule: read }),
    }),
  });
  builder.entityFields(types.Notification, (t) => ({
    franchiseApplication: t.one(FranchiseApplication, {
      on: (of, row) => sql`${row.id} = ${of.subject_id}`,
      description: 'The application that it is about; null where it is about none, or you can no longer see it.',
      rule: franchise.notified,
    }),
  }));
}
