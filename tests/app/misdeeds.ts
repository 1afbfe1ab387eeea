const never = new Promise<never>(() => {});
export const throwError = (): never => {
  throw new Error('Something that nobody thought of.');
};
const throwWord = (): never => {
  throw 'a word';
};
const circle: Record<string, unknown> = {};
circle.itself = circle;
const veiled = new Proxy({}, { get: throwError, ownKeys: throwError });
const thorny = (property: string): object => Object.defineProperty({}, property, { enumerable: true, get: throwError });
const many = (): number[] => Array.from({ length: 100_000 }, (_, i) => i);
function* endless() {
  for (;;) yield 1;
}

/** What a function of a plugin may do instead of its work. */
export const DEEDS = {
  throws: throwError,
  throwsWord: throwWord,
  rejects: () => Promise.reject(new Error('No.')),
  rejectsNothing: () => Promise.reject(),
  rejectsLater: async () => {
    await null;
    throwWord();
  },
  neverAnswers: () => never,
} as const satisfies Record<string, () => unknown>;
export type Deed = keyof typeof DEEDS;

/** Values that are not of the type of their field. */
export const GARBAGE: Readonly<Record<string, { readonly type: string; make(): unknown }>> = {
  wordForInt: { type: 'Int', make: () => 'words' },
  nanForInt: { type: 'Int', make: () => Number.NaN },
  bigForInt: { type: 'Int', make: () => 10n },
  circleForString: { type: 'String', make: () => circle },
  veiledForString: { type: 'String', make: () => veiled },
  functionForString: { type: 'String', make: () => throwError },
  wordForInt53: { type: 'Int53', make: () => 'words' },
  nanForInt53: { type: 'Int53', make: () => Number.NaN },
  objectForDateTime: { type: 'DateTime', make: () => ({ at: 'noon' }) },
  noDateForDateTime: { type: 'DateTime', make: () => new Date(Number.NaN) },
  circleForJson: { type: 'JSON', make: () => circle },
  bigForJson: { type: 'JSON', make: () => ({ amount: 10n }) },
  thornyForJson: { type: 'JSON', make: () => thorny('thorn') },
  veiledForJson: { type: 'JSON', make: () => ({ inner: veiled }) },
  nothingForNeverNull: { type: 'Misdone', make: () => ({}) },
  undefinedInList: { type: '[Int]', make: () => [1, undefined] },
  wordForObject: { type: 'Misdone', make: () => 'words' },
  thornyForObject: { type: 'Misdone', make: () => thorny('what') },
  objectForList: { type: '[Int]', make: () => ({}) },
  mixedList: { type: '[Int]', make: () => [1, 'words', Promise.resolve(2)] },
  rejectionInList: { type: '[Int]', make: () => [1, Promise.reject(new Error('No.'))] },
  floodOfRows: { type: '[Int]', make: many },
  endlessList: { type: '[Int]', make: endless },
  floodOfPromises: { type: '[Int]', make: () => many().map((one) => Promise.resolve(one)) },
};
