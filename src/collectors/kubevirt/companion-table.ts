import {
  FailureReason,
  failedFor,
  objectKey,
  qualifiedName,
  resources,
  type Cluster,
  type KnownVersions,
  type KubernetesObject,
  type ResourceName,
} from '../../kubernetes/index.js';

export interface TableDefinition<Value> {
  readonly resource: ResourceName;
  readonly fieldSelector?: string;
  /** Key of the row an object belongs to; its own name if left out. */
  readonly key?: (object: KubernetesObject) => string | undefined;
  /** The row with the object taken into it. */
  readonly fold: (row: Value | undefined, object: KubernetesObject) => Value | undefined;
}

/** Facts of one resource by key, read whole when they are first needed. */
export class CompanionTable<Value> {
  /** Why the facts could not be read, in the server's words. */
  refused: string | undefined;
  /** Where a watch of the resource goes on; undefined before the first look, or without one. */
  place: { readonly since: string; readonly known: KnownVersions } | undefined;
  private loading: Promise<Map<string, Value>> | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly definition: TableDefinition<Value>,
  ) {}

  get resourceName(): string {
    return qualifiedName(resources[this.definition.resource]);
  }

  rows(signal: AbortSignal): Promise<Map<string, Value>> {
    this.loading ??= this.load(signal).catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Takes in a change; undefined means that the object is gone. */
  async note(
    key: string,
    object: KubernetesObject | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const rows = await this.rows(signal);
    if (object === undefined) rows.delete(key);
    else this.put(rows, key, object, undefined);
  }

  /** The next look reads the cluster again. */
  forget(): void {
    this.loading = undefined;
  }

  private put(
    rows: Map<string, Value>,
    key: string,
    object: KubernetesObject,
    row: Value | undefined,
  ): void {
    const value = this.definition.fold(row, object);
    if (value === undefined) rows.delete(key);
    else rows.set(key, value);
  }

  private async load(signal: AbortSignal): Promise<Map<string, Value>> {
    const { resource, fieldSelector, key } = this.definition;
    const rows = new Map<string, Value>();
    const known: KnownVersions = new Map();
    this.refused = undefined;
    this.place = undefined;
    if (!(await this.cluster.serves(resources[resource], signal))) return rows;
    try {
      for await (const page of this.cluster.pages(resources[resource], { fieldSelector, signal })) {
        this.place = { since: page.resourceVersion, known };
        for (const object of page.objects) {
          known.set(objectKey(object.metadata), object.metadata.resourceVersion ?? '');
          const place = key === undefined ? objectKey(object.metadata) : key(object);
          if (place !== undefined) this.put(rows, place, object, rows.get(place));
        }
      }
    } catch (error) {
      if (!failedFor(error, FailureReason.forbidden)) throw error;
      this.refused = error.why;
      this.place = undefined;
      rows.clear();
    }
    return rows;
  }
}
