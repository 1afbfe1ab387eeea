import markdownIt from 'markdown-it';
import sanitize from 'sanitize-html';
import { decodeGlobalId, html } from '../../sdk/core.ts';
import type { Issue } from '../../sdk/index.ts';
import { attributeOf, burdensOf, faultsOf, inLines, PICTURE, type Token } from './article-faults.rules.ts';

/** Characters of an article at the most: what takes the server longest to read takes it some tenths of a second. */
export const MOST_CHARACTERS = 30_000;
const EXCERPT_CHARACTERS = 200;

/** By which rules HTML is made. Raise it with every change of them: what was made by others is made anew when it is read. */
export const RENDERED_BY = 1;

/** HTML in it is text like any other. Every address is let through here, so that a bad one is told and not swallowed. */
const reader = markdownIt({ html: false, linkify: false, typographer: false, maxNesting: 60 });
reader.validateLink = () => true;

export interface ArticleText {
  readonly html: string;
  /** UUIDs of the pictures that it names, with the line of each. */
  readonly pictures: ReadonlyMap<string, number>;
  /** All of it, without marks, in one line. */
  readonly plain: string;
  readonly excerpt: string;
}

/** Reads an article as it was written. @returns faults of the input where it cannot be shown as it is */
export function readArticle(markdown: string): ArticleText | ArticleFaults {
  const burdens = burdensOf(markdown);
  if (burdens.length) return { faults: burdens, pictures: new Map() };
  const tokens = reader.parse(markdown, {});
  const faults = faultsOf(tokens);
  const pictures = picturesIn(tokens);
  if (faults.length) return { faults, pictures };
  const plain = plainText(tokens);
  return { html: clean(reader.renderer.render(tokens, reader.options, {})), pictures, plain, excerpt: cut(plain) };
}
export interface ArticleFaults extends Pick<ArticleText, 'pictures'> {
  readonly faults: readonly Issue[];
}

/** The HTML of what was read without a fault before. */
export const renderAnew = (markdown: string): string => clean(reader.render(markdown));

/** `picture:` and the global id of the upload; for anything else the id of no picture. */
const pictureId = (src: string): string => decodeGlobalId('File', src.slice(PICTURE.length));
const picturesIn = (tokens: readonly Token[]): ReadonlyMap<string, number> =>
  new Map(
    inLines(tokens).flatMap(({ token, line }) =>
      token.type === 'image' && attributeOf(token, 'src').startsWith(PICTURE) ? [[pictureId(attributeOf(token, 'src')), line]] : [],
    ),
  );

/** Blocks and lines stand apart; marks within a word, such as bold letters, do not part it. */
function plainText(tokens: readonly Token[]): string {
  const pieces = tokens
    .flatMap((token) => [token, ...(token.children ?? [])])
    .map((token) => {
      if (token.type === 'text' || token.type === 'code_inline' || token.type === 'image') return token.content;
      if (token.type === 'fence' || token.type === 'code_block') return `${token.content}\n`;
      return (token.block && token.nesting === -1) || token.type.endsWith('break') ? '\n' : '';
    });
  return pieces.join('').replaceAll(/\s+/gu, ' ').trim();
}

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });
function cut(text: string): string {
  if (text.length <= EXCERPT_CHARACTERS) return text;
  const first = [...characters.segment(text.slice(0, EXCERPT_CHARACTERS * 2))].slice(0, EXCERPT_CHARACTERS);
  return `${first
    .map(({ segment }) => segment)
    .join('')
    .trimEnd()}…`;
}

/** What the reader has written is looked through by another hand: nothing but these is ever shown. */
const clean = (rendered: string): string =>
  sanitize(rendered, {
    allowedTags: 'h1 h2 h3 h4 h5 h6 p br hr ul ol li blockquote pre code em strong s a img table thead tbody tr th td'.split(' '),
    allowedAttributes: { a: ['href', 'title', 'rel', 'target'], img: ['src', 'alt', 'title'], ol: ['start'], th: ['style'], td: ['style'] },
    allowedStyles: { '*': { 'text-align': [/^(?:left|center|right)$/] } },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowedSchemesByTag: { img: [PICTURE.slice(0, -1)] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'escape',
    transformTags: {
      a: (tagName, { href = '', title }) => ({
        tagName,
        attribs: { href, ...(title ? { title } : {}), rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (tagName, { src = '', alt = '', title }) => ({
        tagName,
        attribs: { src: `${PICTURE}${pictureId(src)}`, alt, ...(title ? { title } : {}) },
      }),
    },
  });

const NAMED = new RegExp(`<img src="${PICTURE}([0-9a-f-]{36})"`, 'g');
/**
 * Puts the addresses of pictures into HTML.
 * @param addressOf a picture, for whoever reads; undefined where there is none to be told: it is then shown by its words alone.
 */
export const withAddresses = (text: string, addressOf: (fileId: string) => string | undefined): string =>
  text.replaceAll(NAMED, (_, fileId: string) => {
    const address = addressOf(fileId);
    return address ? html`<img src="${address}"`.text : '<img';
  });
