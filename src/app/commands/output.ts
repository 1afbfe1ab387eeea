/** Prints a line of a command's result. */
export const printLine = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells the person at the terminal what is going on; programs that read the result do not see it. */
export const tell = (line: string): void => void process.stderr.write(`guichet: ${line}\n`);
