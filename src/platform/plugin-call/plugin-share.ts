import { ConstantError } from '../log/constant.error.ts';

interface Holder {
  held: number;
  readonly waiting: Set<() => void>;
}
const MOST_WAITING = 1_000;
const WAITS_MILLISECONDS = 5_000;

/** A plugin has used up its share for now. */
export class ShareTakenError extends ConstantError {
  override readonly name = 'ShareTakenError';
}

/** Connections that each plugin may hold at once: what one holds for long, or asks for by the thousand, only its own work waits for. */
export class PluginShare {
  readonly #most: number;
  readonly #holders = new Map<string, Holder>();
  /** @param most for each plugin */
  constructor(most: number) {
    this.#most = Math.max(1, Math.floor(most));
  }

  /** @param plugin undefined for the core, which waits for nobody here. @throws ShareTakenError where its turn does not come. */
  async within<T>(plugin: string | undefined, work: () => Promise<T>): Promise<T> {
    if (plugin === undefined) return work();
    const holder = this.#holders.get(plugin) ?? { held: 0, waiting: new Set() };
    this.#holders.set(plugin, holder);
    if (holder.held < this.#most) holder.held++;
    else await turnOf(holder);
    try {
      return await work();
    } finally {
      const [next] = holder.waiting;
      if (next) next();
      else holder.held--;
    }
  }
}

/** Resolves when another's place has been handed on. */
function turnOf({ waiting }: Holder): Promise<void> {
  return new Promise((resolve, reject) => {
    if (waiting.size >= MOST_WAITING) return reject(new ShareTakenError('The plugin has too much under way.'));
    const take = (): void => {
      clearTimeout(timer);
      waiting.delete(take);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.delete(take);
      reject(new ShareTakenError('The plugin has too much under way for too long.'));
    }, WAITS_MILLISECONDS);
    waiting.add(take);
  });
}
