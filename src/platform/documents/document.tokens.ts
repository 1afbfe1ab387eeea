import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { limitExceeded } from './document.verdict.ts';

/**
 * Brackets inside each other. The parser calls itself for each of them and would run out of stack at some hundreds,
 * far below the limit of tokens. Twice the nesting of selection sets and more leaves room for arguments.
 */
const BRACKETS = 120;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Why a text is not fit to be parsed, read token by token without recursion; undefined when it is fit. Faults of grammar are left to the parser. */
export function tokenFault(text: string, limit: number): GraphQLError | undefined {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count += 1) {
      if (count >= limit)
        return limitExceeded({ en: `The document has more than ${limit} tokens.`, 'zh-CN': `文档超过 ${limit} 个词元。` });
      if (OPENING.has(lexer.token.kind)) depth += 1;
      if (CLOSING.has(lexer.token.kind)) depth -= 1;
      if (depth > BRACKETS)
        return limitExceeded({
          en: `The document has brackets more than ${BRACKETS} deep.`,
          'zh-CN': `文档的括号嵌套超过 ${BRACKETS} 层。`,
        });
    }
  } catch (error) {
    // A character that begins no token: the parser meets it at the same place and words it as a fault of grammar.
    if (!(error instanceof GraphQLError)) throw error;
  }
  return undefined;
}
