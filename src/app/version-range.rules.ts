const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const RANGE = /^(\^?)(\d+)\.(\d+)\.(\d+)$/;

export const isVersion = (text: unknown): boolean => typeof text === 'string' && VERSION.test(text);
export const isRange = (text: string): boolean => RANGE.test(text.trim());

/** Caret ranges and exact versions; below 1.0.0 a minor version may break, as in semantic versioning. */
export function accepts(range: string, version: string): boolean {
  const [major, minor, patch] = version.split(/[.-]/).map(Number) as [number, number, number];
  const [, caret, ...parts] = RANGE.exec(range.trim()) ?? [];
  const [wantMajor, wantMinor, wantPatch] = parts.map(Number);
  if (wantMajor === undefined || wantMinor === undefined || wantPatch === undefined) return false;
  if (!caret) return major === wantMajor && minor === wantMinor && patch === wantPatch;
  if (major !== wantMajor) return false;
  if (major === 0) return minor === wantMinor && patch >= wantPatch;
  return minor > wantMinor || (minor === wantMinor && patch >= wantPatch);
}
