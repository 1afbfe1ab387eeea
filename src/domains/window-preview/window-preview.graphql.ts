import { type FieldContext, type GuichetBuilder, readingAs, types } from '../../sdk/index.ts';
import { contact } from '../contacts/index.ts';
import { ServiceWindowState } from '../service-window/index.ts';
import { WindowAppKindName } from '../window-apps/index.ts';
import { windowPreview } from './permissions.ts';

const rule = windowPreview.look;
interface Tile {
  readonly id: string;
  readonly kind: 'PLUGIN' | 'LINK';
  readonly name: string;
  readonly icon: string | null;
  readonly opens: string | null;
}
interface ReadArticle {
  readonly id: string;
  readonly title: string;
  readonly excerpt: string | null;
  readonly category: { readonly name: string } | null;
}
interface Seen {
  readonly state: 'OPEN' | 'SUSPENDED';
  readonly notice: string | null;
  readonly welcome: string | null;
  readonly apps: readonly Tile[] | null;
  readonly articles: { readonly totalCount: number; readonly nodes: readonly ReadArticle[] } | null;
}
/** What the contact's own front end asks. */
const WINDOW = `{ serviceWindow { state notice welcome apps { id kind name icon opens }
  articles(first: 100) { totalCount nodes { id title excerpt category { name } } } } }`;

/** What a contact sees at the window, for admins: the contact's own question, answered by the contact's own rules (spec 5.3). */
export function windowPreviewTypes(builder: GuichetBuilder): void {
  const PreviewedApp = builder.objectRef<Tile>('PreviewedWindowApp').implement({
    description: 'A tile, as the contact finds it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Global id of the `WindowApp`.', rule }),
      kind: t.expose('kind', { type: WindowAppKindName, description: 'What the tile is.', rule }),
      name: t.exposeString('name', { description: 'What stands on it for the contact, in the language of the request.', rule }),
      icon: t.exposeString('icon', { nullable: true, description: 'Name of its picture, for a front end.', rule }),
      opens: t.exposeString('opens', { nullable: true, description: 'What a touch shows, as the plugin names it; null for links.', rule }),
    }),
  });
  const PreviewedArticle = builder.objectRef<ReadArticle>('PreviewedArticle').implement({
    description: 'Something to read, as the contact finds it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Global id of the `Article`, which says all of it.', rule }),
      title: t.exposeString('title', { description: 'What stands above it.', rule }),
      excerpt: t.exposeString('excerpt', { nullable: true, description: 'How it begins, as plain text.', rule }),
      heading: t.string({
        nullable: true,
        description: 'The heading under which it stands.',
        rule,
        resolve: ({ category }) => category?.name ?? null,
      }),
    }),
  });
  const Preview = builder.objectRef<Seen>('ServiceWindowPreview').implement({
    description: 'The window as one contact sees it now.',
    fields: (t) => ({
      state: t.expose('state', { type: ServiceWindowState, description: 'Whether it serves the contact.', rule }),
      notice: t.exposeString('notice', { nullable: true, description: 'What the contact is told while it is suspended.', rule }),
      welcome: t.exposeString('welcome', { nullable: true, description: 'What the contact is greeted with.', rule }),
      apps: t.field({
        type: [PreviewedApp],
        description: 'Tiles that are shown to the contact, in their order; none while the window is suspended.',
        rule,
        resolve: ({ apps }) => [...(apps ?? [])],
      }),
      articles: t.field({
        type: [PreviewedArticle],
        description: 'The first hundred articles that are shown to the contact, in their order; none while the window is suspended.',
        rule,
        resolve: ({ articles }) => [...(articles?.nodes ?? [])],
      }),
      articleCount: t.int({
        description: 'How many articles are shown to the contact.',
        rule,
        resolve: ({ articles }) => articles?.totalCount ?? 0,
      }),
    }),
  });
  builder.useCase('previewServiceWindow', {
    description:
      'Shows the window exactly as a contact sees it, by the contact’s own rules. Nothing can be done in its name. That you have looked is in the audit record (spec 5.3).',
    rule,
    input: (t) => ({ contactId: t.globalId(types.Contact, { description: 'The contact; one that you may see all of.' }) }),
    guard: (use, { contactId }) => use.authorize('Contact', contactId, contact.insiders, { path: ['input', 'contactId'] }),
    run: async (_, { contactId }) => ({ contactId }),
    success: (t) => ({
      window: t.field({
        type: Preview,
        nullable: true,
        description: 'The window; null where the contact sees none, because it has not been invited or has left.',
        rule,
        resolve: ({ contactId }, _, context) => seenBy(contactId, context),
      }),
    }),
  });
}

async function seenBy(contactId: string, { seat, language, switchboard }: FieldContext): Promise<Seen | null> {
  const reading = switchboard.service(readingAs);
  const contact = await reading.seat(seat.organizationId, contactId, 'CONTACT');
  if (!contact) return null;
  // what the contact is refused is not on the page
  const { data } = await reading.ask<{ readonly serviceWindow: Seen | null }>(contact, WINDOW, {}, language);
  return data?.serviceWindow ?? null;
}
