import sharp from 'sharp';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { outcome } from '../contacts/contact.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code message } }';
const ARTICLE =
  'article { id version state title excerpt html publishedAt category { id name } isForAll tags { id } contacts { id } draft { title markdown html } helpfulCount unhelpfulCount }';
const CATEGORY = 'category { id version name }';

/** A mutation, with what it answers in every case. */
export const doing = (act: string, success = ARTICLE, more = ''): string => {
  const type = act[0]!.toUpperCase() + act.slice(1);
  return `mutation ($input: ${type}Input!) { ${act}(input: $input) { __typename ${NAMED} ${more} ... on ${type}Success { ${success} } } }`;
};
const CONFLICT = '... on VersionConflict { current { ... on Article { id version } ... on ArticleCategory { id version } } }';
export const ACTS = {
  add: doing('addArticle'),
  update: doing('updateArticle', ARTICLE, CONFLICT),
  publish: doing('publishArticle', ARTICLE, CONFLICT),
  withdraw: doing('withdrawArticle', ARTICLE, CONFLICT),
  restore: doing('restoreArticleVersion', ARTICLE, CONFLICT),
  remove: doing('removeArticle', 'articleId'),
  move: doing('moveArticle'),
  show: doing('showArticle'),
  rate: doing('rateArticle', 'article { id viewerRating }'),
  addCategory: doing('addArticleCategory', CATEGORY),
  updateCategory: doing('updateArticleCategory', CATEGORY, CONFLICT),
  moveCategory: doing('moveArticleCategory', CATEGORY),
  removeCategory: doing('removeArticleCategory', 'categoryId'),
};

/** Adds an article, as the admin. */
export const added = async ({ admin }: TestOrganization, given: object = {}) =>
  (await outcome(admin, ACTS.add, { title: 'Returns', markdown: 'Within **seven** days.', ...given })).article;
/** Adds one and publishes it. */
export async function published(own: TestOrganization, given: object = {}) {
  const { id, version } = await added(own, given);
  return (await outcome(own.admin, ACTS.publish, { articleId: id, expectedVersion: version })).article;
}
/** Titles of what a seat finds in the window. */
export const found = async (seat: TestSeat, args = ''): Promise<string[]> =>
  (await seat.query(`{ serviceWindow { articles${args} { nodes { title } } } }`)).serviceWindow.articles.nodes.map(
    ({ title }: { title: string }) => title,
  );
/** One article by its id; null where the seat finds none. */
export const seen = async (seat: TestSeat, id: string) =>
  (await seat.query('query ($id: ID!) { article(id: $id) { id title html } }', { id })).article;

/** Sends a picture for an article. @returns the id of the upload */
export async function cup(seat: TestSeat): Promise<string> {
  const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  return uploaded(seat, bytes, { name: 'cup.png', mimeType: 'image/png', purpose: 'ARTICLE_PICTURE' });
}
/** Addresses of the pictures in HTML. */
export const addressesIn = (html: string): string[] =>
  [...html.matchAll(/<img src="([^"]+)"/g)].map(([, address]) => address!.replaceAll('&amp;', '&'));
