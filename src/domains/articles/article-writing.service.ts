import {
  filesService,
  type Issue,
  invalid,
  RAISED,
  Refusal,
  type RowOf,
  type UseCase,
  validationFailed,
  versionConflict,
} from '../../sdk/index.ts';
import { files } from '../files/index.ts';
import { type Audience, choose } from '../service-window/index.ts';
import { Article, ArticleVersion, articles, articleVersions, CHOSEN_OF_ARTICLE } from './article.entity.ts';
import { pictureOfAnother, pictureUnknown } from './article-faults.rules.ts';
import { articlePicture } from './article-picture.purpose.ts';
import { type ArticleText, RENDERED_BY, readArticle } from './article-text.rules.ts';
import { article } from './permissions.ts';

/** Articles of an organization at the most. */
export const MOST_ARTICLES = 2_000;
const ARTICLE = ['input', 'articleId'];

export type ArticleRow = RowOf<typeof articles>;
export type VersionRow = RowOf<typeof articleVersions>;

/** Finds and locks an article that is the seat's to change. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdArticle(use: UseCase, articleId: string, expected?: number): Promise<ArticleRow> {
  await use.authorize('Article', articleId, article.manage, { path: ARTICLE });
  const row = await use.on(articles).selectFrom('articles').selectAll().where('id', '=', articleId).executeTakeFirstOrThrow();
  if (expected !== undefined && row.version !== expected)
    throw versionConflict({ current: { type: 'Article', uuid: articleId } }, ['input', 'expectedVersion']);
  return row;
}

/** What is being written of an article; undefined where nothing is. */
export const draftOf = (use: UseCase, articleId: string): Promise<VersionRow | undefined> =>
  use
    .on(articleVersions)
    .selectFrom('article_versions')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('number', 'is', null)
    .executeTakeFirst();

/** A version that was published. */
export const published = (use: UseCase, articleId: string, number: number): Promise<VersionRow> =>
  use
    .on(articleVersions)
    .selectFrom('article_versions')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();

/**
 * Reads what was written, and hangs its pictures on the article that do not hang on it yet.
 * @throws ValidationFailed for what cannot be shown as it was written, and for pictures that the seat has not sent for it: all at once
 */
async function take(use: UseCase, articleId: string, markdown: string): Promise<ArticleText> {
  const text = readArticle(markdown);
  const faults = [...('faults' in text ? text.faults : []), ...(await attachPictures(use, articleId, text.pictures))];
  if ('faults' in text || faults.length) throw validationFailed({ issues: faults }, faults[0]!.path);
  return text;
}

/** @returns faults of pictures that cannot hang on it */
async function attachPictures(use: UseCase, articleId: string, pictures: ReadonlyMap<string, number>): Promise<Issue[]> {
  if (pictures.size === 0) return [];
  const known = await use
    .on(files)
    .selectFrom('files')
    .select(['id', 'attached_id'])
    .where('attached_type', '=', 'Article')
    .where('id', 'in', [...pictures.keys()])
    .execute();
  const hanging = new Map(known.map(({ id, attached_id: of }) => [id, of]));
  const issues: Issue[] = [];
  for (const [uploadId, line] of pictures) {
    const of = hanging.get(uploadId);
    if (of === articleId || (!of && (await attached(use, articleId, uploadId)))) continue;
    issues.push(of ? pictureOfAnother(line) : pictureUnknown(line));
  }
  return issues;
}
async function attached(use: UseCase, articleId: string, uploadId: string): Promise<boolean> {
  try {
    await use.service(filesService).attach(use, { uploadId, purpose: articlePicture.purpose, to: { type: 'Article', id: articleId } });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

export interface NewArticle extends Audience {
  readonly title: string;
  readonly markdown: string;
  readonly categoryId?: string;
}
/** Adds an article before all others, as a draft. @returns its id. @throws ValidationFailed */
export async function addArticle(use: UseCase, { title, markdown, categoryId, ...audience }: NewArticle): Promise<string> {
  await use.takeTurn('articles');
  const { count, first } = await use
    .on(articles)
    .selectFrom('articles')
    .select((of) => [of.fn.countAll<string>().as('count'), of.fn.min('position').as('first')])
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_ARTICLES)
    throw invalid(['input'], 'TOO_MANY', { en: `At most ${MOST_ARTICLES} articles, please.`, 'zh-CN': `最多 ${MOST_ARTICLES} 篇文章。` });
  const id = use.newId();
  const text = await take(use, id, markdown);
  use.em.create(Article, { id, categoryId: categoryId ?? null, position: (first ?? 1) - 1 });
  await use.em.flush(); // what hangs on it refers to the row
  use.on(ArticleVersion).add({ id: use.newId(), article_id: id, title, markdown, ...rendered(use, text) });
  const isForAll = await choose(use, CHOSEN_OF_ARTICLE, id, audience);
  if (!isForAll) use.on(Article).change({ id }, { is_for_all: false });
  return id;
}
const rendered = (use: UseCase, { html, excerpt }: ArticleText) => ({
  html,
  excerpt,
  rendered_by: RENDERED_BY,
  written_by: use.seat.id,
  written_at: use.now,
});

export interface ArticleEdit {
  readonly title?: string;
  readonly markdown?: string;
  readonly categoryId?: string | null;
}
/** Changes an article whose row is locked: its text as a draft, its heading at once. @throws ValidationFailed */
export async function updateArticle(use: UseCase, now: ArticleRow, { title, markdown, categoryId }: ArticleEdit): Promise<void> {
  if (title !== undefined || markdown !== undefined) await write(use, now, { title, markdown });
  use.on(Article).change({ id: now.id }, { version: RAISED, category_id: categoryId === undefined ? now.category_id : categoryId });
}
async function write(use: UseCase, { id, last_number: last }: ArticleRow, given: Pick<ArticleEdit, 'title' | 'markdown'>): Promise<void> {
  const draft = await draftOf(use, id);
  const before = draft ?? (await published(use, id, last));
  const { title = before.title, markdown = before.markdown } = given;
  const text = await take(use, id, markdown);
  const written = { title, markdown, ...rendered(use, text) };
  if (draft) use.on(ArticleVersion).change({ id: draft.id }, written);
  else use.on(ArticleVersion).add({ id: use.newId(), article_id: id, ...written });
}

/** Shows an article to those who carry one of some tags and to some contacts; without any of them to all: at once, whatever is being written. */
export async function showArticle(use: UseCase, articleId: string, audience: Audience): Promise<void> {
  const isForAll = await choose(use, CHOSEN_OF_ARTICLE, articleId, audience);
  use.on(Article).change({ id: articleId }, { is_for_all: isForAll, version: RAISED });
}
