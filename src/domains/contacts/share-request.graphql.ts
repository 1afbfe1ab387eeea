import { EXTERNAL, type GuichetBuilder, heldToward, notFound, type RowHandle, type Sql, sql, way, words } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { Contact, ContactShareRequest, ContactShareRequestViewerCan } from './contact.refs.ts';
import { rolesThroughContact } from './contact.roles.ts';
import { SHARE_ASKER, shareRequest } from './permissions.ts';
import { contactShareRequests } from './share-request.entity.ts';
import { shareAlreadyRequested, shareRequestDecided } from './share-request.errors.ts';
import { contactAskedFor, grantRequest, holdRequest, refuseRequest, requestShare } from './share-request.service.ts';

const ContactShareRequestState = words('ContactShareRequestState', 'Where a request to share a contact stands.', {
  PENDING: 'It waits for somebody who may share the contact.',
  GRANTED: 'The contact was shared with the employee who asked.',
  REFUSED: 'It was refused.',
  NOT_NEEDED:
    'The employee who asked finds the contact anyway by now: it is theirs or their people’s, is shared with their department, or their right covers it.',
  CONTACT_DELETED: 'The contact was put into the bin before anybody had decided.',
  ASKER_LEFT: 'The employee who asked has left the organization before anybody had decided.',
});
const TOKEN_LENGTH = 400;
const REASON_LENGTH = 200;
const { read } = shareRequest;
const isPending = ({ state }: RowHandle<typeof contactShareRequests>): Sql => sql`${state} = 'PENDING'`;

/** Requests to share a contact whose phone somebody knows (spec 3.4). */
export function shareRequestTypes(builder: GuichetBuilder): void {
  builder.words(ContactShareRequestState);
  declareRequest(builder);
  declareMutations(builder);
}

function declareRequest(builder: GuichetBuilder): void {
  builder.entity(ContactShareRequest, {
    description: 'That an employee asks for a share of a contact whose phone they know (spec 3.4).',
    roles: [
      ...rolesThroughContact(contactShareRequests, (row, of) => sql`${of.id} = ${row.contact_id}`).filter(({ role }) => role !== EXTERNAL),
      heldToward(SHARE_ASKER, [way(contactShareRequests, {}, ({ row, seat }) => sql`${row.asker_id} = ${seat.me}`)]),
    ],
    listedFor: read.roles,
    reachableFor: read.roles,
    filters: {
      state: {
        compares: 'enum',
        column: 'state',
        values: ContactShareRequestState.name,
        rule: read,
        description: 'By where they stand.',
      },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      contact: t.relation(Contact, 'contact_id', { description: 'The contact.', rule: shareRequest.contact }),
      asker: t.relation(Employee, 'asker_id', { description: 'Who asks.', rule: read }),
      reason: t.column('reason', { description: 'Why they ask.', rule: read }),
      state: t.column('state', { type: ContactShareRequestState, description: 'Where it stands.', rule: read }),
      askedAt: t.column('asked_at', { description: 'When they asked.', rule: read }),
      decidedAt: t.column('decided_at', { description: 'When it was decided, or there was nothing to decide any more.', rule: read }),
      decidedBy: t.relation(Employee, 'decided_by', {
        description: 'Who decided, or did that by which there is nothing to decide any more; null where no employee did.',
        rule: read,
      }),
      answer: t.column('answer', { description: 'What was said with the decision.', rule: read }),
      viewerRoles: t.viewerRoles({ description: 'Your roles toward the request.', rule: read }),
      viewerCan: t.sameRow(ContactShareRequestViewerCan, { description: 'What you may do with the request.', rule: read }),
    }),
  });
  builder.entityPart(ContactShareRequestViewerCan, {
    description: 'What your seat may do with a request while it waits.',
    fields: (t) => ({
      decide: t.permission(shareRequest.decide, { description: 'Grant or refuse it: it waits for that.', rule: read, when: isPending }),
    }),
  });
  builder.queryField('contactShareRequests', (t) =>
    t.entityPages(ContactShareRequest, {
      description: 'Requests to share a contact: those that you may decide, and your own.',
      rule: read,
      listedBy: () => read.roles,
    }),
  );
}

function declareMutations(builder: GuichetBuilder): void {
  builder.useCase('requestContactShare', {
    description: 'Asks those who may share a contact for a share, by the token of the refusal that its phone is known.',
    rule: shareRequest.ask,
    doesOnce: true,
    input: (t) => ({
      requestToken: t.text({ description: '`ContactPhoneTaken.requestToken`; yours alone, for 24 hours.', max: TOKEN_LENGTH }),
      reason: t.text({ description: 'Why you ask.', required: false, max: REASON_LENGTH }),
    }),
    refusals: [notFound, shareAlreadyRequested],
    guard: (use, { requestToken }) => contactAskedFor(use, requestToken),
    run: async (use, { reason }, contactId) => ({ request: await requestShare(use, contactId, reason) }),
    success: (t) => ({ request: t.loaded(ContactShareRequest, 'request', { description: 'The request.', rule: read }) }),
  });
  builder.useCase('decideContactShareRequest', {
    description: 'Grants a request, which shares the contact with the employee who asks, or refuses it.',
    rule: shareRequest.decide,
    doesOnce: true,
    input: (t) => ({
      requestId: t.globalId(ContactShareRequest, { description: 'The request.' }),
      grant: t.boolean({ required: true, description: 'Whether it is granted.' }),
      until: t.instant({ description: 'When the share ends by itself.', required: false }),
      reason: t.text({ description: 'Why it is shared, or why not: the employee who asks is told.', required: false, max: REASON_LENGTH }),
    }),
    refusals: [shareRequestDecided],
    guard: (use, { requestId }) => holdRequest(use, requestId),
    run: async (use, { requestId, grant, until = null, reason = null }, request) => {
      await (grant ? grantRequest(use, request, { until, reason }) : refuseRequest(use, request, reason));
      return { request: requestId };
    },
    success: (t) => ({ request: t.loaded(ContactShareRequest, 'request', { description: 'The request as it is now.', rule: read }) }),
  });
}
