/** One text in each language that people are told things in. */
export type Message = Readonly<Record<'en' | 'zh-CN', string>>;

/** What is wrong: a code for programs, a sentence for people. */
export interface Fault {
  readonly code: string;
  readonly message: string | Message;
}
/** A fault with its place in what was given: the names of fields, and places in lists. */
export interface Issue extends Fault {
  readonly path: readonly string[];
}
/** Tells what is wrong with a value, and where within it. */
export type ReportFault = (fault: Fault, ...within: readonly string[]) => void;

/** What is wrong, in a language. */
export const faultText = ({ message }: Fault, language: keyof Message): string =>
  typeof message === 'string' ? message : message[language];
