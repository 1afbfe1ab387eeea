import { Sql } from '../../sdk/core.ts';
import { ADMIN, type FieldContext, type GuichetBuilder, type RowHandle, sql, types, valueFrom } from '../../sdk/index.ts';
import { linkTo } from '../files/index.ts';
import { type articles, articleVersions } from './article.entity.ts';
import { Article, ArticleVersion } from './article.refs.ts';
import { RENDERED_BY, renderAnew, withAddresses } from './article-text.rules.ts';
import { article } from './permissions.ts';

const rule = article.manage;
/** Pages stay open for a while; whether the seat may read is asked again with every picture. */
const PICTURES_LAST_MS = 3_600_000;

type VersionRow = RowHandle<typeof articleVersions>;
const RENDERED = new Sql(String(RENDERED_BY));
/** What was made by former rules is made anew of what was written. */
const isOld = ({ rendered_by: by }: VersionRow): Sql => sql`${by} <> ${RENDERED}`;
export const htmlOf = (version: VersionRow): Sql => sql`case when ${isOld(version)} then null else ${version.html} end`;
export const markdownOfOld = (version: VersionRow): Sql => sql`case when ${isOld(version)} then ${version.markdown} end`;

/** HTML for one seat: pictures have the addresses under which it reads them. */
export function shownHtml(html: unknown, markdown: unknown, context: FieldContext): string | null {
  const made = typeof markdown === 'string' ? renderAnew(markdown) : (html as string | null);
  return made === null ? null : withAddresses(made, (fileId) => linkTo(context, 'READ', fileId, PICTURES_LAST_MS)?.url);
}

/** A value of the version that readers find. */
export const ofShown = (row: RowHandle<typeof articles>, value: (version: VersionRow) => Sql): Sql =>
  valueFrom(row, { version: articleVersions }, ({ version }) => ({
    value: value(version),
    where: sql`${version.article_id} = ${row.id} and ${version.number} = ${row.shown_number}`,
  }));

/** What an article says and said, for those who write it. */
export function articleVersionTypes(builder: GuichetBuilder): void {
  builder.entity(ArticleVersion, {
    description: 'What an article says: one that was published, or the one that is being written.',
    roles: builder.rolesThrough(Article, articleVersions, 'article_id', [ADMIN]),
    listedFor: [ADMIN],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      number: t.column('number', { description: 'Counted from 1 in the order of publishing; null while it is being written.', rule }),
      title: t.column('title', { description: 'What stands above it.', rule }),
      markdown: t.column('markdown', { description: 'What was written.', rule }),
      html: t.string({
        description: 'How it looks. Addresses of pictures are for your seat, and last an hour.',
        rule,
        also: { made: htmlOf, old: markdownOfOld },
        resolve: ({ made, old }, _, context) => shownHtml(made, old, context) ?? '',
      }),
      excerpt: t.column('excerpt', { description: 'How it begins, as plain text.', rule }),
      writtenBy: t.relation(types.Employee, 'written_by', { description: 'Who has written it last.', rule }),
      writtenAt: t.column('written_at', { description: 'When.', rule }),
      publishedBy: t.relation(types.Employee, 'published_by', { description: 'Who has published it.', rule }),
      publishedAt: t.column('published_at', { description: 'When it was published.', rule }),
    }),
  });
}
