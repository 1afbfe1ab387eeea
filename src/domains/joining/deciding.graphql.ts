import {
  type GuichetBuilder,
  type InputMaker,
  notFound,
  type PayloadFields,
  type RefusalType,
  validationFailed,
  windowSuspended,
} from '../../sdk/index.ts';
import {
  contactDetails,
  contactQuotaReached,
  customFields,
  findOwner,
  holdFields,
  notYours,
  phoneBelongsToEmployee,
  Tag,
  tagsOf,
} from '../contacts/index.ts';
import { Employee } from '../directory/index.ts';
import { windowNotOpen } from '../service-window/index.ts';
import { acceptApplications, type Decided, refuseApplications } from './deciding.service.ts';
import { joinApplicationDecided, linkOwnerGone, phoneAnswersSpent } from './joining.errors.ts';
import { JoinApplication } from './joining.refs.ts';
import { joining } from './permissions.ts';

const rule = joining.decide;
const MOST_TAGS = 100;
const REASON_LENGTH = 100;
const applicationIds = (t: InputMaker) => t.globalIds(JoinApplication, { description: 'The applications, at most 250.', least: 1 });

/** Admins let in who applied, or do not (spec 5.6). */
export function decidingMutations(builder: GuichetBuilder): void {
  const refusals = [notYours, joinApplicationDecided, phoneBelongsToEmployee, contactQuotaReached, linkOwnerGone, phoneAnswersSpent];
  builder.useCase('acceptJoinApplications', {
    description:
      'Lets in those who applied: each becomes a contact, answered for as its link says, or is the contact that its phone is known of; and is told so.',
    rule,
    doesOnce: true,
    input: (t) => ({
      applicationIds: applicationIds(t),
      tagIds: t.globalIds(Tag, {
        description: 'Tags for those who become contacts, beside their link’s; needed where that gives none.',
        required: false,
        most: MOST_TAGS,
      }),
      ownerId: t.globalId(Employee, { description: 'Who answers for them, in place of whom their link names.', required: false }),
      ...contactDetails(t),
      customFields: customFields(t, 'Values of the organization’s own fields for those who become contacts; all that are required.'),
    }),
    refusals: [windowNotOpen, windowSuspended, ...refusals],
    guard: async (use, { tagIds = [], ownerId }) => {
      await holdFields(use);
      if (ownerId) await findOwner(use, ownerId, ['input', 'ownerId']);
      return tagsOf(use, tagIds, ['input', 'tagIds']);
    },
    run: (use, { applicationIds: ids, ownerId, tagIds: _, ...details }, tags) => acceptApplications(use, ids, { tags, ownerId, details }),
    success: itemResults(builder, 'AcceptJoinApplications', refusals, true),
  });
  builder.useCase('refuseJoinApplications', {
    description: 'Does not let in those who applied; whoever has proven their phone is told the reason.',
    rule,
    doesOnce: true,
    input: (t) => ({
      applicationIds: applicationIds(t),
      reason: t.text({ description: 'Why not: they are told.', max: REASON_LENGTH }),
    }),
    refusals: [notYours, joinApplicationDecided],
    run: (use, { applicationIds: ids, reason }) => refuseApplications(use, ids, reason),
    success: itemResults(builder, 'RefuseJoinApplications', [notYours, joinApplicationDecided], false),
  });
}

interface Done {
  readonly applicationId: string;
  readonly contactId: string;
  readonly wasKnown: boolean;
}
function itemResults(builder: GuichetBuilder, act: string, refusals: readonly RefusalType<never>[], makesContact: boolean) {
  const mutation = `\`${act[0]!.toLowerCase()}${act.slice(1)}\``;
  const Item = builder.objectRef<Done>(`${act}ItemSuccess`).implement({
    description: `${mutation} was done to this application.`,
    fields: (t) => ({
      applicationId: t.exposeID('applicationId', { description: 'Global id of the application.', rule }),
      ...(makesContact
        ? {
            contactId: t.exposeID('contactId', { description: 'Global id of the contact.', rule }),
            wasKnown: t.exposeBoolean('wasKnown', { description: 'Whether there was a contact of this phone.', rule }),
          }
        : {}),
    }),
  });
  const Result = builder.unionType(`${act}ItemResult`, {
    description: `Whether ${mutation} was done to one application, or why not.`,
    types: [Item.name, notFound.name, ...(makesContact ? [validationFailed.name] : []), ...refusals.map(({ name }) => name)] as never,
  });
  return (t: PayloadFields<Decided & { readonly results: readonly unknown[] }>) => ({
    results: t.field({
      type: [Result],
      description: 'One result for each id, in their order.',
      rule,
      resolve: ({ results }) => [...results] as never[],
    }),
  });
}
