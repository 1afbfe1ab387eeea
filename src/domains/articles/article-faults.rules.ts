import type markdownIt from 'markdown-it';
import type { Issue, Message } from '../../sdk/index.ts';

/** How a picture is named: `![A cup](picture:<id of the upload>)`. */
export const PICTURE = 'picture:';
/** Pictures of an article at the most. */
export const MOST_PICTURES = 50;
/** Lists in lists in quotes: deeper ones nobody reads, and the reader would stop reading. */
const MOST_DEPTH = 20;
const MOST_FAULTS = 20;
/** Characters that are shown at the most: one address that is referred to a thousand times is written a thousand times. */
const MOST_SHOWN = 200_000;
/** Cells of a line of a table at the most, and signs that may make letters bold or slanted: reading many more takes the server seconds. */
const MOST_CELLS = 30;
const MOST_MARKS = 3_000;
const TABLE_HEAD = /^[ >]*\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$/gm;
const LEADS_TO = /^(?:https?:\/\/[^/]|mailto:.|tel:.)/i;

export type Token = ReturnType<ReturnType<typeof markdownIt>['parse']>[number];
export const attributeOf = (token: Token, name: string): string => String(token.attrGet(name) ?? '');

const PATH = ['input', 'markdown'];
const issue = (code: string, message: Message): Issue => ({ path: PATH, code, message });
const atLine = (line: number, code: string, { en, 'zh-CN': zh }: Message): Issue =>
  issue(code, { en: `Line ${line}: ${en}`, 'zh-CN': `第 ${line} 行：${zh}` });

/** What is too much to be read at all, before it is. */
export function burdensOf(markdown: string): Issue[] {
  const lines = markdown.match(TABLE_HEAD) ?? [];
  if (lines.some((line) => line.split('|').length > MOST_CELLS + 2))
    return [issue('TOO_MANY_COLUMNS', { en: `A table has at most ${MOST_CELLS} columns.`, 'zh-CN': `表格最多 ${MOST_CELLS} 列。` })];
  if ((markdown.match(/[*_~]/g)?.length ?? 0) > MOST_MARKS)
    return [
      issue('TOO_MANY_MARKS', {
        en: `At most ${MOST_MARKS} of the signs *, _ and ~, please.`,
        'zh-CN': `符号 *、_、~ 最多共 ${MOST_MARKS} 个。`,
      }),
    ];
  return [];
}

/** A picture that hangs on something else. */
export const pictureOfAnother = (line: number): Issue =>
  atLine(line, 'PICTURE_OF_ANOTHER', {
    en: 'this picture belongs to another article. Upload it once more for this one, and name the id of that upload.',
    'zh-CN': '该图片属于另一篇文章，请为本文重新上传，并填写新的上传编号。',
  });
/** A picture that is named and not there. */
export const pictureUnknown = (line: number): Issue =>
  atLine(line, 'PICTURE_UNKNOWN', {
    en: 'this picture is not there. Upload it for ARTICLE_PICTURE, and name the id of the upload.',
    'zh-CN': '找不到该图片。请以 ARTICLE_PICTURE 用途上传，并填写上传的编号。',
  });

/** What cannot be shown of an article as it was written, each with its line; twenty at the most. */
export function faultsOf(tokens: readonly Token[]): Issue[] {
  if (tokens.some((token) => isDeep(token)))
    return [
      issue('TOO_DEEP', {
        en: `Lists and quotes stand in each other ${MOST_DEPTH} deep at the most.`,
        'zh-CN': `列表与引用最多嵌套 ${MOST_DEPTH} 层。`,
      }),
    ];
  if (shownLength(tokens) > MOST_SHOWN)
    return [
      issue('TOO_LONG_SHOWN', {
        en: `It becomes more than ${MOST_SHOWN} characters: refer to long addresses less often.`,
        'zh-CN': `显示内容超过 ${MOST_SHOWN} 个字符：请减少对长链接的重复引用。`,
      }),
    ];
  const faults = inLines(tokens).flatMap(({ token, line }) => faultOf(token, line) ?? []);
  const pictures = inLines(tokens).filter(({ token }) => token.type === 'image').length;
  if (pictures > MOST_PICTURES)
    faults.push(
      issue('TOO_MANY_PICTURES', { en: `At most ${MOST_PICTURES} pictures, please.`, 'zh-CN': `最多 ${MOST_PICTURES} 张图片。` }),
    );
  return faults.slice(0, MOST_FAULTS);
}
const isDeep = ({ level, children }: Token): boolean =>
  level > 2 * MOST_DEPTH || (children?.some((one) => one.level > MOST_DEPTH) ?? false);

const shownLength = (tokens: readonly Token[]): number =>
  tokens.reduce(
    (sum, { content, attrs, children }) =>
      sum + (children ? shownLength(children) : content.length) + (attrs?.reduce((all, [, value]) => all + String(value).length, 0) ?? 0),
    0,
  );

/** What stands in lines of text, with the line in which it stands, counted from 1; cells of a table do not know theirs. */
export function inLines(tokens: readonly Token[]): { readonly token: Token; readonly line: number }[] {
  let line = 1;
  return tokens.flatMap(({ children, map }) => {
    if (map) line = map[0] + 1;
    let at = line;
    return (
      children?.map((token) => {
        const found = { token, line: at };
        if (token.type.endsWith('break')) at++;
        return found;
      }) ?? []
    );
  });
}

function faultOf(token: Token, line: number): Issue | undefined {
  if (token.type === 'link_open' && URL.parse(attributeOf(token, 'href'))?.username)
    return atLine(line, 'LINK_HOLDS_USER', {
      en: 'the address of a link must not hold a user or a password.',
      'zh-CN': '链接地址中不得包含用户名或密码。',
    });
  if (token.type === 'link_open' && !LEADS_TO.test(attributeOf(token, 'href')))
    return atLine(line, 'LINK_NOT_ALLOWED', {
      en: 'a link leads to an address that begins with https://, http://, mailto: or tel:.',
      'zh-CN': '链接须以 https://、http://、mailto: 或 tel: 开头。',
    });
  if (token.type === 'image' && !attributeOf(token, 'src').startsWith(PICTURE))
    return atLine(line, 'PICTURE_ELSEWHERE', {
      en: 'a picture is one that was uploaded for ARTICLE_PICTURE: write picture: and the id of the upload.',
      'zh-CN': '图片须以 ARTICLE_PICTURE 用途上传：请填写 picture: 及上传的编号。',
    });
  return undefined;
}
