/** What makes a spreadsheet run the text of a cell as a formula, or leave the cell. */
const RUNS = /^[=+\-@\t\r]/;
const DEFUSED = /^'(?=[=+\-@\t\r])/;

/** Puts an apostrophe before what a spreadsheet would run. */
export const defuse = (text: string): string => (RUNS.test(text) ? `'${text}` : text);
/** Takes it away again, where there is one. */
export const undefuse = (text: string): string => text.replace(DEFUSED, '');

/** The way to keep a spreadsheet from making a number of `007`: `="007"`. */
const KEPT_AS_TEXT = /^="([^"]*)"$/;
/** The text that a formula of a text file stands for; undefined where it would have to be computed. */
export const textOfFormula = (formula: string): string | undefined => KEPT_AS_TEXT.exec(formula)?.[1];
