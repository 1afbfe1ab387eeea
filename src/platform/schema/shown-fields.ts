import { BaseTypeRef, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { DeclarationError } from './claims.ts';
import type { TypeDeclaration } from './declarations.ts';
import type { GuichetExtensions, LooseStore } from './plugin.types.ts';
import { isShown, type Surface } from './surface.ts';

export type FieldConfig = PothosOutputFieldConfig<SchemaTypes>;
export const extensionsOf = (config: FieldConfig): GuichetExtensions => (config.extensions ?? {}) as unknown as GuichetExtensions;

/** The field as a surface has it: the one that was declared for it alone, or the one that all have. */
export function onSurface(config: FieldConfig, surface: Surface): FieldConfig | undefined {
  const { variants } = extensionsOf(config);
  const chosen = variants ? variants[surface.name] : config;
  if (!chosen) return undefined;
  const { rule, surface: only } = chosen.pothosOptions;
  return !rule || isShown(surface, rule, only) ? chosen : undefined;
}

const itemOf = (type: FieldConfig['type']): unknown => (type.kind === 'List' ? itemOf(type.type) : type.ref);

/** Names of the fields that each type shows on a surface: what leads to a type with nothing to show is left out with it. */
export class ShownFields {
  readonly #store: LooseStore;
  readonly #surface: Surface;
  readonly #shown = new Map<string, Map<string, FieldConfig>>();
  readonly #known: Set<string>;
  constructor(store: LooseStore, surface: Surface) {
    this.#store = store;
    this.#surface = surface;
    this.#known = new Set(store.typeConfigs.keys());
    for (const { name, graphqlKind } of store.typeConfigs.values())
      if (graphqlKind === 'Object' || graphqlKind === 'Interface') this.#shown.set(name, this.#fieldsOf(name));
    for (let changed = true; changed; ) {
      changed = false;
      for (const [name, fields] of this.#shown) {
        for (const [field, config] of fields) if (this.#isGone(config)) changed = fields.delete(field) || changed;
        if (fields.size === 0) changed = this.#shown.delete(name) || changed;
      }
    }
  }

  has(type: string, field?: string): boolean {
    if (!this.#known.has(type) && this.#store.typeConfigs.has(type)) {
      // another plugin of Pothos made it while the schema is built
      this.#known.add(type);
      const late = this.#fieldsOf(type);
      if (late.size > 0) this.#shown.set(type, late);
    }
    const fields = this.#shown.get(type);
    return fields !== undefined && (field === undefined || fields.has(field));
  }
  /** @throws where a field is there only because an interface without a table has one of its name: nobody declared who may read it here. */
  checkInherited(type: string, of: string): void {
    const missing = [...(this.#shown.get(of)?.keys() ?? [])].filter((field) => !this.has(type, field));
    if (missing.length)
      throw new DeclarationError(`${type} has ${missing.join(', ')} of ${of} by inheritance alone`, 'declare it there, with a rule');
  }
  entityOf(type: string): Pick<TypeDeclaration, 'entity' | 'kind' | 'module'> | undefined {
    return this.#store.typeConfigs.get(type)?.extensions?.guichet as never;
  }
  nameOf(param: unknown): string {
    return typeof param === 'string' ? param : param instanceof BaseTypeRef ? param.name : this.#store.getTypeConfig(param).name;
  }

  #fieldsOf(type: string): Map<string, FieldConfig> {
    const { interfaces = [] } = this.#store.typeConfigs.get(type)! as { interfaces?: readonly unknown[] };
    const inherited = interfaces.map((one) => this.nameOf(one)).filter((name) => this.entityOf(name)?.entity !== undefined);
    const fields = new Map<string, FieldConfig>();
    for (const owner of [...inherited, type])
      for (const [name, config] of this.#store.getFields(owner)) {
        const chosen = onSurface(config, this.#surface);
        if (chosen) fields.set(name, chosen);
      }
    return fields;
  }
  #isGone(config: FieldConfig): boolean {
    const { pageOf } = extensionsOf(config);
    const targets = [this.nameOf(itemOf(config.type)), ...(pageOf ? [pageOf] : [])];
    return targets.some((name) => {
      const kind = this.#store.typeConfigs.get(name)?.graphqlKind;
      return (kind === 'Object' || kind === 'Interface') && !this.#shown.has(name);
    });
  }
}
