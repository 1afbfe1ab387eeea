// The same comparison with as many documents as figures are claimed for.
process.env.DOCUMENTS ??= '10000';
await import('./random-documents.test.ts');
