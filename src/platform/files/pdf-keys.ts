const STRING = String.raw`\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)|<[0-9A-Fa-f\s]*>`;
const VALUE = String.raw`${STRING}|\d+\s+\d+\s+R\b|[-+]?[\d.]+|\/[^\s/<>()[\]{}]+`;
/** What TeX writes beside a picture that it has taken in: the file that it was, its page and its properties. */
const TEX = new RegExp(String.raw`/PTEX\.[A-Za-z]+\s*(?:${VALUE})`, 'g');
/** What somebody has said of the colours that a page is made for: the profile itself says which they are. */
const OF_COLOURS = new RegExp(String.raw`/(?:Info|OutputCondition)\s*(?:${STRING})`, 'g');
const IS_OF_COLOURS = /\/S\s*\/GTS_PDF/;
const blank = (found: string): string => ' '.repeat(found.length);

/**
 * A dictionary without entries that tell of its making and that no reader shows; blanks are in their place.
 * @param isOfStream whether a stream is behind it, as behind a picture
 */
export function withoutEntries(dictionary: string, isOfStream: boolean): string {
  const bare = isOfStream ? dictionary.replaceAll(TEX, blank) : dictionary;
  return IS_OF_COLOURS.test(bare) ? bare.replaceAll(OF_COLOURS, blank) : bare;
}
