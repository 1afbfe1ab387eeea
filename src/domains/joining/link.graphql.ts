import {
  COLLEAGUE,
  type EntityFields,
  type FieldContext,
  type GuichetBuilder,
  input,
  type Sql,
  sql,
  types,
  valueFrom,
  versionConflict,
  windowSuspended,
  words,
} from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';
import { Department, Employee } from '../directory/index.ts';
import { windowNotOpen } from '../service-window/index.ts';
import { joinApplications } from './join-application.entity.ts';
import { windowLinkEnded } from './joining.errors.ts';
import { WindowLink } from './joining.refs.ts';
import { linkRoles } from './link.roles.ts';
import { linkUrl } from './link-code.rules.ts';
import { findNamed, holdLink, makeLink, revokeLink } from './link-making.service.ts';
import { updateLink } from './link-updating.service.ts';
import { joining } from './permissions.ts';
import { qrSvg } from './qr-code.ts';
import { type windowLinks, windowLinkTags } from './window-link.entity.ts';

const rule = joining.link;
const MOST_TAGS = 20;
const MOST_APPLICATIONS = 100_000;
const LABEL_LENGTH = 60;
const LABEL = 'What it is to be called, such as where its code hangs.';
const PLACES =
  'How many places it has. Whoever has proven their number and applies takes one, and gives it back where they are refused; an application whose number is not proven takes none until it is accepted.';
export const LinkOwnerRule = words('LinkOwnerRule', 'Who answers for the contacts that come by a link.', {
  SHARER: 'The employee who made the link.',
  EMPLOYEE: 'One employee, whoever made it.',
  DEPARTMENT: 'Those who sit in a department, or below it, in turn.',
});

/** What an address is made with. */
const originOf = (context: FieldContext): string => (context as FieldContext & { readonly origin?: string }).origin ?? '';

export function linkTypes(builder: GuichetBuilder): void {
  builder.words(LinkOwnerRule);
  declareLink(builder);
  builder.queryField('windowLinks', (t) =>
    t.entityPages(WindowLink, {
      description: 'Links to the window: your own; for admins with WINDOW all of them. Newest first.',
      rule,
      listedBy: () => rule.roles,
    }),
  );
  declareMutations(builder);
}

/** How many applications by a link are in a state: for whoever shares it too, who sees none of them. */
const became = (t: EntityFields<typeof windowLinks>, state: Sql, description: string) =>
  t.expression(
    'Int',
    (row) =>
      valueFrom(row, { application: joinApplications }, ({ application }) => ({
        value: sql`count(*)::int`,
        where: sql`${application.link_id} = ${row.id} and ${application.state} = ${state}`,
      })),
    { description, rule },
  );

function declareLink(builder: GuichetBuilder): void {
  builder.entity(WindowLink, {
    description: 'A way to the window: an address and a QR code that an employee gives to people who are to apply (spec 5.5).',
    roles: linkRoles,
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every edit: `updateWindowLink` asks for it.', rule }),
      label: t.column('label', { description: 'What it is called, such as where its code hangs; null where it has no name.', rule }),
      code: t.column('code', { description: 'Its code, which stands in the address: whoever has it may apply.', rule }),
      url: t.field({
        type: 'URL',
        description: 'The address of its page. Without a server’s address before it, it is of the server that you ask.',
        rule,
        needs: ['code'],
        resolve: ({ code }, _, context) => linkUrl(originOf(context), code),
      }),
      qrSvg: t.string({
        description: 'The address as a QR code: an SVG.',
        rule,
        needs: ['code'],
        resolve: ({ code }, _, context) => qrSvg(linkUrl(originOf(context), code)),
      }),
      qrPngUrl: t.field({
        type: 'URL',
        description: 'Where the same is as a PNG, for printing.',
        rule,
        needs: ['code'],
        resolve: ({ code }, _, context) => `${linkUrl(originOf(context), code)}/qr.png`,
      }),
      sharer: t.relation(Employee, 'sharer_id', { description: 'Who made it.', rule }),
      createdAt: t.column('created_at', { description: 'When.', rule }),
      expiresAt: t.column('expires_at', { description: 'When it ends by itself; null for never.', rule }),
      maxApplications: t.column('max_applications', {
        description: 'How many places it has; null for any number. See `placesTaken`.',
        rule,
      }),
      ownerRule: t.column('owner_rule', { type: LinkOwnerRule, description: 'Who answers for the contacts that come of it.', rule }),
      owner: t.relation(Employee, 'owner_id', { description: 'The employee of the rule `EMPLOYEE`.', rule }),
      department: t.relation(Department, 'department_id', { description: 'The department of the rule `DEPARTMENT`.', rule }),
      tags: t.list(Tag, {
        through: { given: windowLinkTags },
        on: (row, tag, { given }) => sql`${given.link_id} = ${row.id} and ${given.tag_id} = ${tag.id}`,
        atMost: MOST_TAGS,
        proves: [COLLEAGUE],
        description: 'Tags that the contacts get.',
        rule,
      }),
      visits: t.column('visits', { description: 'How often its page was opened.', rule }),
      applications: t.column('applications', { description: 'How many have applied by it, whatever became of them.', rule }),
      placesTaken: t.column('places_taken', {
        description: 'Places that are held: by those who have proven their number and were not refused, and by whoever was let in.',
        rule,
      }),
      waiting: became(t, sql`'PENDING'`, 'How many wait to be decided.'),
      accepted: became(t, sql`'ACCEPTED'`, 'How many were let in, and are still contacts.'),
      refused: became(t, sql`'REFUSED'`, 'How many were not let in, as far as they are remembered.'),
      revokedAt: t.column('revoked_at', { description: 'When it was taken back; null where it was not.', rule }),
      revokedBy: t.relation(types.Employee, 'revoked_by', { description: 'Who took it back.', rule }),
    }),
  });
}

function declareMutations(builder: GuichetBuilder): void {
  builder.useCase('createWindowLink', {
    description: 'Makes a link to the window with its QR code (spec 5.5). It is for anybody who has it, until it ends or you take it back.',
    rule: joining.share,
    doesOnce: true,
    input: (t) => ({
      label: t.name({ description: LABEL, max: LABEL_LENGTH, required: false }),
      expiresAt: t.instant({ description: 'When it ends by itself; never where it is left out.', required: false }),
      maxApplications: t.integer({ description: PLACES, required: false, min: 1, max: MOST_APPLICATIONS }),
      tagIds: t.globalIds(Tag, { description: 'Tags for the contacts, of each group at most one.', required: false, most: MOST_TAGS }),
      ownerRule: t.choice(LinkOwnerRule, { description: 'Who answers for the contacts; you by default.', defaultValue: 'SHARER' }),
      ownerId: t.globalId(Employee, { description: 'For the rule `EMPLOYEE`.', required: false }),
      departmentId: t.globalId(Department, { description: 'For the rule `DEPARTMENT`.', required: false }),
    }),
    refusals: [windowNotOpen, windowSuspended],
    guard: (use, given) => findNamed(use, given),
    run: async (use, given) => ({ link: await makeLink(use, given) }),
    success: (t) => ({ link: t.loaded(WindowLink, 'link', { description: 'The link.', rule }) }),
  });
  declareUpdating(builder);
  builder.useCase('revokeWindowLink', {
    description: 'Takes a link back, for good and at once: whoever has its page open can apply no more. Who has applied by then stays.',
    rule,
    input: (t) => ({ linkId: t.globalId(WindowLink, { description: 'The link.' }) }),
    guard: (use, { linkId }) => holdLink(use, linkId),
    run: async (use, { linkId }, link) => {
      revokeLink(use, link);
      return { link: linkId };
    },
    success: (t) => ({ link: t.loaded(WindowLink, 'link', { description: 'The link as it is now.', rule }) }),
  });
}

function declareUpdating(builder: GuichetBuilder): void {
  builder.useCase('updateWindowLink', {
    description:
      'Edits a link whose code hangs somewhere already. What is left out stays as it is. One that was taken back stays so; one whose time is over can be given more.',
    rule,
    input: (t) => ({
      linkId: t.globalId(WindowLink, { description: 'The link.' }),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      label: t.text({ description: `${LABEL} An empty text takes it away.`, required: false, min: 0, max: LABEL_LENGTH, isName: true }),
      expiresAt: t.parsed(input.nullable(input.instant('When it ends by itself; null for never.')), { required: false }),
      maxApplications: t.parsed(input.nullable(input.integer(`${PLACES} Null for any number.`, { min: 1, max: MOST_APPLICATIONS })), {
        required: false,
      }),
      tagIds: t.globalIds(Tag, {
        description: 'Tags for those who are accepted from now on: these and no others.',
        required: false,
        most: MOST_TAGS,
      }),
      ownerRule: t.choice(LinkOwnerRule, { description: 'Who answers for those who are accepted from now on.', required: false }),
      ownerId: t.globalId(Employee, { description: 'For the rule `EMPLOYEE`.', required: false }),
      departmentId: t.globalId(Department, { description: 'For the rule `DEPARTMENT`.', required: false }),
    }),
    refusals: [versionConflict, windowLinkEnded],
    guard: async (use, given) => {
      const link = await holdLink(use, given.linkId);
      await findNamed(use, given);
      return link;
    },
    run: async (use, given, link) => {
      await updateLink(use, link, given);
      return { link: given.linkId };
    },
    success: (t) => ({ link: t.loaded(WindowLink, 'link', { description: 'The link as it is now.', rule }) }),
  });
}
