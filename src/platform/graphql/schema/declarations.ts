import { typeTag } from '../global-id.ts';
import type { Entity, Kind } from '../read/entity.ts';
import type { FieldSpecs } from './field-spec.ts';
import type { InputFields, InputObject } from './input.ts';
import type { NamedMutation } from './mutation.ts';
import type { NamedSubscription } from './subscription.ts';

/** An object or interface type, with the fields that modules gave it. */
export interface TypeDeclaration {
  readonly name: string;
  readonly module: string;
  readonly description: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  readonly fields: Map<string, { readonly module: string; readonly spec: FieldSpecs[string] }>;
  /** A table stands behind it. */
  readonly entity?: Entity;
  readonly kind?: Kind;
}
export interface EnumDeclaration {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}
export interface UnionDeclaration {
  readonly name: string;
  readonly description: string;
  readonly types: readonly string[];
}
/** All that modules have declared for one surface. Nothing is built before everything is declared. */
export class Declarations {
  readonly types = new Map<string, TypeDeclaration>();
  readonly enums = new Map<string, EnumDeclaration & { readonly module: string }>();
  readonly unions = new Map<string, UnionDeclaration>();
  readonly inputs = new Map<string, InputObject>();
  readonly mutations: NamedMutation[] = [];
  readonly subscriptions: NamedSubscription[] = [];
  readonly connectionFields: {
    readonly type: string;
    readonly name: string;
    readonly spec: FieldSpecs[string];
    readonly module: string;
  }[] = [];
  readonly entities = new Map<string, Entity>();
  readonly #owners = new Map<string, string>();

  /** The entity behind a type, also where the type is one of its kinds. @throws where no module has declared one. */
  entity(name: string): Entity {
    const entity = this.entities.get(name) ?? this.types.get(name)?.entity;
    if (!entity) throw new Error(`No module has declared a type ${name} that is backed by a table.`);
    return entity;
  }
  entityOfTag(tag: string): Entity | undefined {
    return [...this.entities.values()].find(({ name }) => typeTag(name).toString('hex') === tag);
  }

  /** @throws where two modules claim one name; the error names both. */
  claim(name: string, module: string): void {
    const owner = this.#owners.get(name);
    if (owner !== undefined) {
      throw new Error(`${owner} and ${module} both declare ${name}: rename it in one of them.`);
    }
    this.#owners.set(name, module);
  }

  type(declaration: Omit<TypeDeclaration, 'fields'>, fields: FieldSpecs): TypeDeclaration {
    this.claim(declaration.name, declaration.module);
    const type: TypeDeclaration = { ...declaration, fields: new Map() };
    this.types.set(type.name, type);
    this.addFields(type.name, declaration.module, fields);
    return type;
  }

  addFields(typeName: string, module: string, fields: FieldSpecs): void {
    const type = this.types.get(typeName);
    if (!type) throw new Error(`${module} gives fields to ${typeName}, which no module that it needs has declared.`);
    for (const [name, spec] of Object.entries(fields)) {
      this.claim(`${typeName}.${fieldKey(name, spec.surface)}`, module);
      type.fields.set(fieldKey(name, spec.surface), { module, spec });
    }
  }

  inputObjects(fields: InputFields): void {
    for (const { object } of Object.values(fields)) {
      if (!object || this.inputs.get(object.name) === object) continue;
      if (this.inputs.has(object.name)) throw new Error(`Two different inputs are called ${object.name}: rename one.`);
      this.inputs.set(object.name, object);
      this.inputObjects(object.fields);
    }
  }
}

/** One field may be declared apart for each surface: `owner` for staff and `owner@portal`. */
export const fieldKey = (name: string, surface: string | undefined): string => (surface ? `${fieldName(name)}@${surface}` : name);
export const fieldName = (key: string): string => key.replace(/@.*/, '');
