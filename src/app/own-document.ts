import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';

const MOST_KNOWN = 100;
const known = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/** What the server asks of a schema of its own, as a document: read and checked the first time. @throws GraphQLError where it is not valid there */
export function ownDocument(schema: GraphQLSchema, text: string): DocumentNode {
  const documents = known.get(schema) ?? new Map<string, DocumentNode>();
  known.set(schema, documents);
  const found = documents.get(text);
  if (found) return found;
  const document = parse(text);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  if (documents.size >= MOST_KNOWN) documents.clear();
  documents.set(text, document);
  return document;
}
