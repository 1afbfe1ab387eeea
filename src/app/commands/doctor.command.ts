import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { printLine } from './output.ts';

interface DoctorOptions {
  readonly json: boolean;
  readonly environmentFile: string;
}

/** Says what it finds, a line each. Exit code 1 where there is a failure; warnings alone are 0. */
export async function doctorCommand(
  variables: Readonly<Record<string, string | undefined>>,
  { json, environmentFile }: DoctorOptions,
): Promise<void> {
  const findings = await examine(variables, environmentFile);
  if (json) printLine(JSON.stringify(findings));
  else for (const finding of findings) printLine(lineOf(finding));
  if (findings.some(({ level }) => level === 'failure')) process.exitCode = 1;
}

const lineOf = ({ level, subject, found, mend }: Finding): string => `${level.padEnd(8)} ${subject}: ${found}${mend ? `; ${mend}` : ''}.`;
