/**
 * What an inventory consists of, as texts that can be compared: nodes by kind, relationships by
 * `Kind.field` as `from > Kind/to`, and values of lists by `Kind.field`.
 */
export class InventoryFacts {
  private readonly groups = new Map<string, Set<string>>();

  node(kind: string, id: string): void {
    this.add(kind, id);
  }

  edge(kind: string, field: string, from: string, toKind: string, to: string | undefined): void {
    if (to !== undefined && to !== '') this.add(`${kind}.${field}`, `${from} > ${toKind}/${to}`);
  }

  value(kind: string, field: string, of: string, value: string): void {
    this.add(`${kind}.${field}`, `${of} = ${value}`);
  }

  get names(): readonly string[] {
    return [...this.groups.keys()].sort();
  }

  of(name: string): ReadonlySet<string> {
    return this.groups.get(name) ?? new Set();
  }

  private add(name: string, fact: string): void {
    const group = this.groups.get(name);
    if (group === undefined) this.groups.set(name, new Set([fact]));
    else group.add(fact);
  }
}

export interface FactsDifference {
  readonly name: string;
  readonly expected: number;
  readonly found: number;
  /** Facts of the one side that the other has not, and one of them to begin the search with. */
  readonly missing: number;
  readonly surplus: number;
  readonly example?: string;
}

const without = (facts: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...facts].filter((fact) => !others.has(fact));

/** One line a kind and a relationship, equal ones too. */
export function compareFacts(expected: InventoryFacts, found: InventoryFacts): FactsDifference[] {
  const names = [...new Set([...expected.names, ...found.names])].sort();
  return names.map((name) => {
    const missing = without(expected.of(name), found.of(name));
    const surplus = without(found.of(name), expected.of(name));
    const [example] = [...missing, ...surplus];
    return {
      name,
      expected: expected.of(name).size,
      found: found.of(name).size,
      missing: missing.length,
      surplus: surplus.length,
      ...(example === undefined ? {} : { example }),
    };
  });
}

export function factsTable(lines: readonly FactsDifference[]): string {
  const cells = (name: string, ...numbers: readonly (string | number)[]): string =>
    name.padEnd(32) + numbers.map((number) => String(number).padStart(10)).join('');
  return [
    cells('', 'govc', 'OPAL', 'missing', 'surplus'),
    ...lines.map(({ name, expected, found, missing, surplus, example }) => {
      const line = cells(name, expected, found, missing, surplus);
      return example === undefined ? line : `${line}  ${example}`;
    }),
  ].join('\n');
}
