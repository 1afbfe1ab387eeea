/** How large a GraphQL document may be, before anything of it runs (targets 2). */
export interface DocumentLimits {
  /** Length of the text in bytes of UTF-8. */
  bytes: number;
  tokens: number;
  /** Fields below each other, not counting `edges`, `node` and `nodes`. */
  depth: number;
  /** Fields below each other under `__schema` and `__type`, all of them counted. */
  introspectionDepth: number;
  /** Fields of the root type, through fragments. */
  rootFields: number;
  /** Aliases, each counted as often as its fragment is spread. */
  aliases: number;
  /** Directives, each counted as often as its fragment is spread. */
  directives: number;
  /** Selection sets inside each other; inline fragments and spreads count. */
  nesting: number;
  /** Errors in one answer to a document that is refused. */
  errors: number;
  /** Documents that are remembered, and how many characters of text they may have together. */
  remembered: { documents: number; characters: number };
}

export const defaultDocumentLimits: DocumentLimits = {
  bytes: 20 * 1024,
  tokens: 2_000,
  depth: 12,
  introspectionDepth: 20,
  rootFields: 10,
  aliases: 15,
  directives: 30,
  nesting: 40,
  errors: 5,
  remembered: { documents: 1_000, characters: 1_000_000 },
};
