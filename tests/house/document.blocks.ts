/** One block of code in a document. */
export interface Block {
  readonly path: string;
  readonly line: number;
  /** What stands after the opening fence: the language, and for GraphQL perhaps the surface. */
  readonly info: string;
  readonly code: string;
  /** The file that the block is an excerpt of, where the line before it is the file's name. */
  readonly of: string | undefined;
  /** The block that follows at once, but for a sentence. */
  readonly answer: string | undefined;
}

const FENCE = /^```([^\n]*)\n(.*?)^```$/gms;
const NAME = /`([\w./-]+)`\s*$/;

export function blocksOf(path: string, text: string): Block[] {
  const found = [...text.matchAll(FENCE)];
  return found.map((match, i) => {
    const [whole, info, code] = match as unknown as [string, string, string];
    const before = text.slice(0, match.index).trimEnd();
    const following = found[i + 1];
    const between = following && text.slice(match.index + whole.length, following.index).trim();
    return {
      path,
      line: text.slice(0, match.index).split('\n').length,
      info: info.trim(),
      code,
      of: NAME.exec(before.slice(before.lastIndexOf('\n') + 1))?.[1],
      answer: between !== undefined && !between.includes('\n') && following?.[1] === 'json' ? following[2] : undefined,
    };
  });
}

/** The commands of a shell block, without quoted texts and what is set for them. */
export const commandsOf = (code: string): string[][] =>
  code
    .replaceAll(/\\\n/g, ' ')
    .replaceAll(/'[^']*'|"[^"]*"/g, "''")
    .split(/&&|\|\||[|;\n]|\$\(|\)/)
    .map((command) =>
      command
        .trim()
        .split(/\s+/)
        .filter((word, i, words) => !(/^(export|\w+=.*|)$/.test(word) && words.slice(0, i).every((one) => /^(export|\w+=.*)$/.test(one)))),
    )
    .filter((words) => words.length > 0);

/** The words of `npm run guichet -- …`, without their quotes. @param holding words that the line begins with */
export const wordsOf = (code: string, holding = ''): string[] => {
  const line = code.split('\n').find((one) => one.includes(`guichet -- ${holding}`));
  const [, words] = /guichet -- ([^\n)]*)/.exec(line ?? '') ?? [];
  return [...words!.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
};

/** What `curl` sends. */
export const bodiesOf = (code: string): { readonly query: string; readonly variables?: Record<string, unknown> }[] =>
  [...code.matchAll(/-d '([^']*)'/g)].map(([, body]) => JSON.parse(body!));
