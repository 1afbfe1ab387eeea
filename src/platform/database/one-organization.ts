import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type DeleteQueryNode,
  IdentifierNode,
  JoinNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  type PluginTransformQueryArgs,
  QueryNode,
  ReferenceNode,
  type RootOperationNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  ValueNode,
} from 'kysely';

/**
 * Writes the organization into every statement, for each of its tables. Row level security would hold them to it without, but by a setting
 * that is read when the statement runs: a distributed PostgreSQL has to find it in the statement to know where to send it (promise 11).
 * @param organization its id, or what stands for it in a query that is written for all of them.
 */
export function ofOneOrganization(organization: unknown): KyselyPlugin {
  const naming = new Naming(organization);
  return {
    transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => naming.transformNode(node),
    transformResult: async ({ result }) => result,
  };
}

class Naming extends OperationNodeTransformer {
  readonly #organization: unknown;
  constructor(organization: unknown) {
    super();
    this.#organization = organization;
  }
  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    return this.#named(super.transformSelectQuery(node), node.from?.froms ?? []);
  }
  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    return this.#named(super.transformUpdateQuery(node), [...(node.table ? [node.table] : []), ...(node.from?.froms ?? [])]);
  }
  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    return this.#named(super.transformDeleteQuery(node), [...node.from.froms, ...(node.using?.tables ?? [])]);
  }
  protected override transformJoin(node: JoinNode): JoinNode {
    const join = super.transformJoin(node);
    const condition = this.#condition(node.table);
    return condition ? JoinNode.cloneWithOn(join, condition) : join;
  }

  #named<Node extends SelectQueryNode | UpdateQueryNode | DeleteQueryNode>(query: Node, tables: readonly OperationNode[]): Node {
    const conditions = tables.flatMap((table) => this.#condition(table) ?? []);
    return conditions.length ? (QueryNode.cloneWithWhere(query, conditions.reduce(AndNode.create)) as Node) : query;
  }
  /** Undefined for what is no table, such as a subquery, which is named inside. */
  #condition(source: OperationNode): OperationNode | undefined {
    const [table, alias] = AliasNode.is(source) ? [source.node, source.alias] : [source, undefined];
    if (!TableNode.is(table)) return undefined;
    const known = alias && IdentifierNode.is(alias) ? TableNode.create(alias.name) : table;
    const column = ReferenceNode.create(ColumnNode.create('organization_id'), known);
    return BinaryOperationNode.create(column, OperatorNode.create('='), ValueNode.create(this.#organization));
  }
}
