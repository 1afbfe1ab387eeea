import type { Documents } from '../../documents/index.ts';
import { admit } from '../operation.admit.ts';
import type { ServerOptions } from '../server.options.ts';
import type { Piping } from './piped.ts';

/** Parses and validates under the limits, once for each text; what is refused is told whole. */
export const useDocuments = (options: ServerOptions, documents: Documents): Piping => ({
  onParse({ context, params: { source }, setParsedDocument }) {
    const query = typeof source === 'string' ? source : source.body;
    const found = admit(options, documents, context.asked!, { ...context.params, query });
    const { trail } = context;
    trail.kind = found.kind;
    trail.name = found.name;
    if (found.errors) throw new AggregateError(found.errors);
    trail.admitted = found;
    setParsedDocument(found.document);
  },
  onValidate: ({ setResult }) => setResult([]), // it was, with its document
});
