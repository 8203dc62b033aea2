import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface Cost {
  /** Nodes that could be answered: GitHub refuses more than 500,000. */
  nodes: number;
  /** What it costs of the hour's points: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
  points: number;
  /** Fields on the second level: what a query asks for by alias. */
  fields: number;
}

/** The price of a query, by the rule GitHub publishes: connections, times what they lie in. */
export function costOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  let nodes = 0;
  let requests = 0;
  let fields = 0;

  function visit(set: SelectionSetNode | undefined, times: number, depth: number): void {
    for (const item of set?.selections ?? []) {
      if (item.kind === Kind.FRAGMENT_SPREAD) {
        visit(fragments.get(item.name.value)?.selectionSet, times, depth);
      } else if (item.kind === Kind.INLINE_FRAGMENT) visit(item.selectionSet, times, depth);
      else visitField(item, times, depth);
    }
  }

  function visitField(field: FieldNode, times: number, depth: number): void {
    if (depth === 1) fields += 1;
    const size = pageSize(field, variables);
    if (size !== null) {
      requests += times;
      nodes += times * size;
    }
    visit(field.selectionSet, times * (size ?? 1), depth + 1);
  }

  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) visit(definition.selectionSet, 1, 0);
  }
  return { nodes, points: Math.max(1, Math.round(requests / 100)), fields };
}

/** `first` or `last` of a connection; null for anything else. */
function pageSize(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const argument = field.arguments?.find(
    ({ name }) => name.value === 'first' || name.value === 'last',
  );
  if (argument?.value.kind === Kind.INT) return Number(argument.value.value);
  if (argument?.value.kind === Kind.VARIABLE) return Number(variables[argument.value.name.value]);
  return null;
}
