import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What an operation, or a part of one, amounts to once its fragments are written out. */
export interface Measure {
  depth: number;
  /** Depth that counts every field; it matters below `__schema` and `__type` only. */
  fullDepth: number;
  introspectionDepth: number;
  nesting: number;
  aliases: number;
  directives: number;
  /** Fields at the top of this part; the next two are those among them that start an introspection. */
  fields: number;
  schemaFields: number;
  typeFields: number;
}

const UNCOUNTED = new Set(['edges', 'node', 'nodes']);

/**
 * Measures each operation of a document, in time linear in the document: a fragment is measured once, however often it is spread.
 * A fragment that spreads itself counts as nothing at that place; validation refuses such a document afterwards.
 */
export function measureOperations(document: DocumentNode): { operation: OperationDefinitionNode; measure: Measure }[] {
  const ofFragment = fragmentMeasures(document);
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const measure = ofSelectionSet(operation.selectionSet, ofFragment);
      const onVariables = (operation.variableDefinitions ?? []).reduce((sum, { directives }) => sum + (directives?.length ?? 0), 0);
      measure.directives += onVariables + (operation.directives?.length ?? 0);
      return { operation, measure };
    });
}

type FragmentMeasures = (name: string) => Measure;

function fragmentMeasures(document: DocumentNode): FragmentMeasures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Measure>();
  const ofFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return nothing();
    measured.set(name, nothing());
    const measure = ofSelectionSet(fragment.selectionSet, ofFragment);
    measure.directives += fragment.directives?.length ?? 0;
    measured.set(name, measure);
    return measure;
  };
  return ofFragment;
}

function ofSelectionSet(set: SelectionSetNode, ofFragment: FragmentMeasures): Measure {
  const sum = nothing();
  for (const selection of set.selections) add(sum, ofSelection(selection, ofFragment));
  sum.nesting += 1;
  return sum;
}

function ofSelection(selection: SelectionNode, ofFragment: FragmentMeasures): Measure {
  if (selection.kind === Kind.FIELD) return ofField(selection, ofFragment);
  const inner =
    selection.kind === Kind.FRAGMENT_SPREAD ? { ...ofFragment(selection.name.value) } : ofSelectionSet(selection.selectionSet, ofFragment);
  inner.directives += selection.directives?.length ?? 0;
  return inner;
}

function ofField(field: FieldNode, ofFragment: FragmentMeasures): Measure {
  const name = field.name.value;
  const inner = field.selectionSet ? ofSelectionSet(field.selectionSet, ofFragment) : nothing();
  const introspects = name === '__schema' || name === '__type';
  return {
    depth: introspects ? 0 : inner.depth + (UNCOUNTED.has(name) ? 0 : 1),
    fullDepth: inner.fullDepth + 1,
    introspectionDepth: introspects ? inner.fullDepth + 1 : inner.introspectionDepth,
    nesting: inner.nesting,
    aliases: inner.aliases + (field.alias ? 1 : 0),
    directives: inner.directives + (field.directives?.length ?? 0),
    fields: 1,
    schemaFields: name === '__schema' ? 1 : 0,
    typeFields: name === '__type' ? 1 : 0,
  };
}

const nothing = (): Measure => ({
  depth: 0,
  fullDepth: 0,
  introspectionDepth: 0,
  nesting: 0,
  aliases: 0,
  directives: 0,
  fields: 0,
  schemaFields: 0,
  typeFields: 0,
});

function add(sum: Measure, part: Measure): void {
  sum.depth = Math.max(sum.depth, part.depth);
  sum.fullDepth = Math.max(sum.fullDepth, part.fullDepth);
  sum.introspectionDepth = Math.max(sum.introspectionDepth, part.introspectionDepth);
  sum.nesting = Math.max(sum.nesting, part.nesting);
  sum.aliases += part.aliases;
  sum.directives += part.directives;
  sum.fields += part.fields;
  sum.schemaFields += part.schemaFields;
  sum.typeFields += part.typeFields;
}
