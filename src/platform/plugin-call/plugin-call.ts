import { AsyncLocalStorage } from 'node:async_hooks';
import { ConstantError } from '../log/constant.error.ts';

const underWay = new AsyncLocalStorage<string>();
const blamed = new WeakMap<Error, string>();
let sign: { readonly cell: Int32Array; readonly numbers: ReadonlyMap<string, number> } | undefined;

/**
 * Runs code of a plugin, so that whatever comes of it can be named: an error that it gives, a promise or timer that it leaves behind, and,
 * through the sign, the thread that it blocks.
 * @throws what the code throws; where that is no Error, an Error in its place
 */
export function callPlugin<T>(plugin: string, code: () => T): T {
  const before = sign?.cell[0] ?? 0;
  hangOut(sign?.numbers.get(plugin) ?? 0);
  try {
    const result = underWay.run(plugin, code);
    return result instanceof Promise ? (result.catch((thrown: unknown) => Promise.reject(blame(thrown, plugin))) as T) : result;
  } catch (thrown) {
    throw blame(thrown, plugin);
  } finally {
    hangOut(before);
  }
}

/** A function of a plugin that is always run so. What it is called on stays, and its name, by which announcements are known. */
export const ofPlugin = <Code extends (...given: never[]) => unknown>(plugin: string, code: Code): Code =>
  named(code, function called(this: unknown, ...given: Parameters<Code>) {
    return callPlugin(plugin, () => code.apply(this, given));
  } as unknown as Code);
const named = <Code extends { readonly name: string }>({ name }: Code, other: Code): Code =>
  Object.defineProperty(other, 'name', { value: name });

/** The functions of a plain object, run so; an instance of a class is left as it is. */
export function partsOfPlugin<Parts>(plugin: string, parts: Parts): Parts {
  if (typeof parts !== 'object' || parts === null || Object.getPrototypeOf(parts) !== Object.prototype) return parts;
  const entries = Object.entries(parts).map(([name, part]) => [name, typeof part === 'function' ? ofPlugin(plugin, part) : part]);
  return Object.fromEntries(entries) as Parts;
}

/** Parts of the core that a plugin's code may call: what runs in them is not the plugin's, nor is what it may reach. */
export function partsOfCore<Parts>(parts: Parts): Parts {
  if (typeof parts !== 'object' || parts === null || Object.getPrototypeOf(parts) !== Object.prototype) return parts;
  const entries = Object.entries(parts).map(([name, part]) => [name, typeof part === 'function' ? ofCore(part) : part]);
  return Object.fromEntries(entries) as Parts;
}
const ofCore = (code: (...given: unknown[]) => unknown) =>
  function called(this: unknown, ...given: unknown[]): unknown {
    return underWay.getStore() === undefined ? code.apply(this, given) : underWay.exit(() => code.apply(this, given));
  };

/** Whose code the current one was begun by, across promises and timers. */
export const pluginUnderWay = (): string | undefined => underWay.getStore();

/** The plugin whose code gave an error. */
export const pluginBlamedFor = (error: unknown): string | undefined => (error instanceof Error ? blamed.get(error) : undefined);

/** Where code of a plugin is entered and left, its number is written into a cell that another thread can read. */
export function hangSign(cell: Int32Array, plugins: readonly string[]): void {
  sign = { cell, numbers: new Map(plugins.map((plugin, i) => [plugin, i + 1])) };
}

function hangOut(number: number): void {
  if (sign) sign.cell[0] = number;
}

/** The innermost plugin is to blame. */
function blame(thrown: unknown, plugin: string): Error {
  const error = thrown instanceof Error ? thrown : new ConstantError('What was thrown is no Error.');
  if (!blamed.has(error)) blamed.set(error, plugin);
  return error;
}
