export { type DocumentLimits, defaultDocumentLimits } from './document.limits.ts';
export { createDocuments, type Documents, type Prepared, withoutSuggestions } from './document.prepare.ts';
export { limitExceeded } from './document.verdict.ts';
export { idOf, type Persisted } from './persisted.documents.ts';
export { takeVariables } from './variables.take.ts';
