import { resolve } from 'node:path';
import { ApiClient } from './connection/api-client.js';
import { findServer, type ServerAddress } from './connection/server-address.js';
import { asTyped } from './invoked-as.js';
import {
  formatObject,
  formatRows,
  type Cell,
  type Column,
  type OutputFormat,
} from './output/format.js';
import { ProgressView } from './output/progress.js';
import { age } from './output/quantity.js';

/** Options that every command has. */
export interface GlobalOptions {
  readonly server?: string;
  readonly tokenFile?: string;
  readonly dataDir: string;
  readonly output: OutputFormat;
  readonly quiet: boolean;
}

/** What a command works with: the API, and ways to show what it answers. */
export class CommandContext {
  #api: ApiClient | undefined;
  #address: ServerAddress | undefined;

  constructor(
    readonly options: GlobalOptions,
    private readonly write: (text: string) => void = (text) => process.stdout.write(text),
  ) {}

  /** Found at the first use, so that help and mistakes need no server. */
  get address(): ServerAddress {
    const { dataDir, ...options } = this.options;
    this.#address ??= findServer({ ...options, dataDir: resolve(dataDir) });
    return this.#address;
  }

  get api(): ApiClient {
    this.#api ??= new ApiClient(this.address);
    return this.#api;
  }

  print(text: string): void {
    this.write(`${text}\n`);
  }

  /** Rows, no wider than the terminal that shows them. `more` says how to choose other columns. */
  rows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], more = ''): void {
    let shortened: readonly string[] = [];
    const onShortened = (titles: readonly string[]): void => {
      shortened = titles;
    };
    const { isTTY, columns: width } = process.stdout;
    const room = isTTY && width > 0 ? { width, onShortened } : undefined;
    this.print(formatRows(rows, columns, this.options.output, room));
    if (shortened.length === 0) return;
    this.note(
      `Shortened to the terminal: ${shortened.join(', ')}. In full: -o csv or json.${more}`,
    );
  }

  object(
    object: Readonly<Record<string, unknown>>,
    fields: readonly (readonly [string, Cell])[],
  ): void {
    this.print(formatObject(object, fields, this.options.output));
  }

  /** A moment as people tell it, or exactly where a script reads. */
  moment(at: string | null | undefined): string | null | undefined {
    return this.options.output === 'table' ? age(at) : at;
  }

  /** For people only: nothing where a script reads the output. */
  note(text: string): void {
    if (!this.options.quiet) process.stderr.write(`${asTyped(text)}\n`);
  }

  progress(): ProgressView {
    return new ProgressView({ quiet: this.options.quiet });
  }
}
