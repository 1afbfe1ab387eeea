import type { PothosInputFieldConfig, PothosInputFieldType, SchemaTypes } from '@pothos/core';
import { ID_CHARACTERS } from '../schema/global-id.ts';
import type { InputExtensions } from '../schema/plugin.types.ts';
import { atMost } from './input.ts';

/** Characters of a text whose author has not said how many it takes. */
const UNSAID = 200;

interface Bound {
  readonly bound?: string;
  readonly most?: number;
}

/** An argument, or a field of an input, with how much of it is taken: said where it is asked for, and known where it is taken in. */
export function bounded<Types extends SchemaTypes>(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> {
  const { bound, most } = boundOf(config);
  const description = [config.description, bound].filter(Boolean).join(' ');
  return { ...config, description, extensions: { ...config.extensions, most } };
}

function boundOf<Types extends SchemaTypes>({ type, extensions }: PothosInputFieldConfig<Types>): Bound {
  const { input, most } = (extensions ?? {}) as InputExtensions;
  if (input) return input;
  const scalar = named(type);
  // ids are not measured: one that is too long is one that was never issued
  if (scalar === 'ID') return { bound: atMost(ID_CHARACTERS) };
  return scalar === 'String' ? { bound: atMost(most ?? UNSAID), most: most ?? UNSAID } : {};
}

function named<Types extends SchemaTypes>(type: PothosInputFieldType<Types>): string {
  if (type.kind === 'List') return named(type.type);
  const ref = type.ref as string | { readonly name: string };
  return typeof ref === 'string' ? ref : ref.name;
}
