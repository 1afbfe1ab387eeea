import { filesService, invalid, RAISED, type UseCase } from '../../sdk/index.ts';
import { Article, ArticleRating, ArticleSearchTerm, ArticleVersion, articleSearchTerms, articles } from './article.entity.ts';
import { articleTerms } from './article-search.rules.ts';
import { readArticle } from './article-text.rules.ts';
import { type ArticleRow, draftOf, published, type VersionRow } from './article-writing.service.ts';

/**
 * Gives readers what is being written of an article whose row is locked; where nothing is, what they had before it was withdrawn.
 * One that they have already stays as it is.
 */
export async function publishArticle(use: UseCase, now: ArticleRow): Promise<void> {
  const draft = await draftOf(use, now.id);
  if (!draft && now.shown_number === now.last_number) return;
  const number = draft ? now.last_number + 1 : now.last_number;
  if (draft) {
    use.on(ArticleVersion).change({ id: draft.id }, { number, published_by: use.seat.id, published_at: use.now });
    await writeTerms(use, now.id, draft);
  }
  use.on(Article).change({ id: now.id }, { shown_number: number, last_number: number, version: RAISED });
}

async function writeTerms(use: UseCase, articleId: string, { title, markdown }: VersionRow): Promise<void> {
  await use.on(articleSearchTerms).deleteFrom('article_search_terms').where('article_id', '=', articleId).execute();
  const text = readArticle(markdown);
  const terms = articleTerms({ title, plain: 'faults' in text ? '' : text.plain });
  if (terms.length) use.on(ArticleSearchTerm).add(terms.map((term) => ({ term, article_id: articleId })));
}

/** Takes an article back from its readers, at once; what it said can be published again. */
export function withdrawArticle(use: UseCase, { id, shown_number: shown }: ArticleRow): void {
  if (shown !== null) use.on(Article).change({ id }, { shown_number: null, version: RAISED });
}

/** Takes up what an earlier version said, to be published or edited further. What was being written is written over. */
export async function restoreVersion(use: UseCase, now: ArticleRow, number: number): Promise<void> {
  if (number > now.last_number)
    throw invalid(['input', 'number'], 'NO_SUCH_VERSION', {
      en: 'This version was not published yet.',
      'zh-CN': '该版本尚未发布。',
    });
  const { title, markdown, html, excerpt, rendered_by } = await published(use, now.id, number);
  const written = { title, markdown, html, excerpt, rendered_by, written_by: use.seat.id, written_at: use.now };
  const draft = await draftOf(use, now.id);
  if (draft) use.on(ArticleVersion).change({ id: draft.id }, written);
  else use.on(ArticleVersion).add({ id: use.newId(), article_id: now.id, ...written });
  use.on(Article).change({ id: now.id }, { version: RAISED });
}

/** Deletes an article with all that it said, its pictures and what contacts have said of it. */
export async function removeArticle(use: UseCase, articleId: string): Promise<void> {
  await use.service(filesService).detachAll(use, 'Article', [articleId]);
  await use.on(articles).deleteFrom('articles').where('id', '=', articleId).execute();
}

/** Whether an article has helped a contact, who may think again. */
export async function rateArticle(use: UseCase, articleId: string, helpful: boolean): Promise<void> {
  await use
    .on(ArticleRating)
    .insertInto('article_ratings')
    .values({ organization_id: use.organizationId, article_id: articleId, contact_id: use.seat.id, helpful, at: use.now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'article_id', 'contact_id']).doUpdateSet({ helpful, at: use.now }))
    .execute();
}

/** Puts an article right behind another, or before all. The turn of the articles is held. */
export async function placeArticle(use: UseCase, articleId: string, afterId: string | null): Promise<void> {
  const db = use.on(articles);
  if (afterId === articleId) return;
  if (afterId === null) {
    const { first } = await db
      .selectFrom('articles')
      .select((of) => of.fn.min('position').as('first'))
      .executeTakeFirstOrThrow();
    return use.on(Article).change({ id: articleId }, { position: (first ?? 1) - 1 });
  }
  const { position, id } = await db.selectFrom('articles').select(['position', 'id']).where('id', '=', afterId).executeTakeFirstOrThrow();
  await db
    .updateTable('articles')
    .set((of) => ({ position: of('position', '+', 2) }))
    .where((of) => of.or([of('position', '>', position), of.and([of('position', '=', position), of('id', '>', id)])]))
    .execute();
  use.on(Article).change({ id: articleId }, { position: position + 1 });
}
