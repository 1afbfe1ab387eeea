import { DeclarationError } from './claims.ts';

interface Variant {
  readonly pothosOptions: { readonly surface?: string };
  readonly extensions?: object;
}
interface FieldRefLike {
  getConfig(name: string, type: object): object;
}

/** Two fields of one name, each for a surface of its own, as one: the plugin chooses. */
export function oneOnEach(one: FieldRefLike, other: FieldRefLike): FieldRefLike {
  const parts = [one, other].map((ref) => ref.getConfig.bind(ref));
  one.getConfig = (name, type) => {
    const configs = parts.map((get) => get(name, type) as Variant);
    const variants: Record<string, object> = {};
    for (const config of configs) {
      const { surface } = config.pothosOptions;
      if (!surface) throw new DeclarationError(`${name} is declared twice`, 'name the surface of each');
      variants[surface] = config;
    }
    return { ...configs[0]!, extensions: { ...configs[0]!.extensions, variants } };
  };
  return one;
}
