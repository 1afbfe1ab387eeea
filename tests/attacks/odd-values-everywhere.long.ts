// The same, with every value at every place.
process.env.ODD_VALUES ??= 'all';
await import('./odd-values.long.ts');
