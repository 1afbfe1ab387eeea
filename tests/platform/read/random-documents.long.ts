// The same comparison with more documents; figures are claimed for DOCUMENTS=10000.
process.env.DOCUMENTS ??= '500';
await import('./random-documents.test.ts');
